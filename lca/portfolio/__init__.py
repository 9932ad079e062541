"""A portfolio: the dossiers of a call, or the projects of an organisation, assessed on the same factors and seen side by side."""
