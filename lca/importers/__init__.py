"""Logs of other tools become drafts of descriptors."""
