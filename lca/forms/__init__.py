"""Documents that an applicant sends or pastes: the letter to a host and the answers to forms, as text, HTML and DOCX."""
