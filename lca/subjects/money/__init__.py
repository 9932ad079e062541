"""What a project costs in money."""
