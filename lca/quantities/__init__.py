"""Quantities, formulas, units, uncertainty and provenance: what a number is and where it comes from."""
