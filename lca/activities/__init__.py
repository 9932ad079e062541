"""The kinds of activity that a project may have: for each a record of what is stated, its formulas and its flows."""
