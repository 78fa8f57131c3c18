"""Findings of the limb: temperature, color, sweating, swelling, touch, motion, strength, skin and nails."""
