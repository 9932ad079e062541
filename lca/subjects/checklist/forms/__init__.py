"""Letters and forms filled from the checklist."""
