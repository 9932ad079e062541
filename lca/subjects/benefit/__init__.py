"""The expected benefit set against the cost."""
