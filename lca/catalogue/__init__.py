"""The factor catalogue: factors, their sources, and which of them leads."""
