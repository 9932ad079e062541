"""Invented applicants: how they write, how they work, what they claim, and where they go wrong."""
