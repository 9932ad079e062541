"""The same work by other methods and sources, stated results, and what drives the result."""
