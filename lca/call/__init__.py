"""A call: the profile that an agency writes, what a study must keep to, and how its report is arranged."""
