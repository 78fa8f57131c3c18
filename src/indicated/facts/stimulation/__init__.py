"""Readers of what is settled before a stimulator: its trial, the psychological evaluation, earlier treatment."""
