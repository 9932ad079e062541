"""The stages of the life cycle, one module each."""
