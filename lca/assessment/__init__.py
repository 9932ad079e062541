"""A whole assessment: its record, figures, scenarios, comparisons, sweeps and the dossier."""
