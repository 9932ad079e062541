"""Claims that would not hold: rules over the descriptor and over every text that an applicant writes."""
