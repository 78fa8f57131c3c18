"""Infection, disorders of bleeding and the laboratory values of clotting."""
