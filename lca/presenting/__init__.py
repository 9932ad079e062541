"""How anything is written: numbers, units, words, blocks, pictures, HTML, DOCX and text; knows no subject."""
