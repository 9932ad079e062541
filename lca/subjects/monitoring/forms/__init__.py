"""The conditions of a contract as the parties read and fill them in."""
