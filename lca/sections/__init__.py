"""What the templates of the report need, one module per section."""
