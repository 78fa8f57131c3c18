"""Objective measures of function, and whether they changed after a block."""
