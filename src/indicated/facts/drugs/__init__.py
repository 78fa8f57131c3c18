"""Analgesics and what they did, antithrombotic drugs and their holds, and lists of medications."""
