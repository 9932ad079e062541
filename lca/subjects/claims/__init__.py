"""Claims that would not hold, and the panel on frugal AI."""
