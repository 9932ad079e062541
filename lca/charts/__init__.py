"""Pictures as SVG text, one module per part of the report."""
