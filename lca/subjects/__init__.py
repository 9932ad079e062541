"""The subjects of a study, one folder each."""
