"""Logs of measuring tools become drafts of descriptors, which a person reads, corrects and signs; one module per tool."""
