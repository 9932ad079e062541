"""Quality against cost: several trainings of one task."""
