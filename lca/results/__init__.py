"""The public JSON contract (`lca/schemas/assessment.schema.json`), one module per part."""
