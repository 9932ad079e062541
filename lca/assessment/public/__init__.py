"""The public copy of a report: what may be said where some values are restricted, and nothing else."""
