"""Shared by all tests. Its presence also makes the helpers in this folder importable."""
