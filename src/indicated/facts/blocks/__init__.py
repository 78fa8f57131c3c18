"""Sympathetic blocks: the events, their relief, how long it lasted, how they were done, and the series that they make."""
