"""Proves what holds of a policy for every chart, or shows a chart for which it does not.

A chart is taken as unknowns: what it answers to each word that is read from notes. The parsed policy and the
vocabulary, the same objects that judge charts, are put over these unknowns as formulas for the solver z3.
"""
