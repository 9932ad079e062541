"""Experts' reviews of a dossier: what each judges and would have stated, what that would change, and reviews side by side."""
