"""The checklist “do no significant harm”."""
