"""A first assessment, cell by cell: open it as a notebook, or run it from the folder of the clone."""

# %% [markdown]
# # A first assessment
#
# A study is one YAML descriptor. This one is the smallest that is valid: a name, a place, a machine, a training.

# %%
import datetime

import lca

study = lca.load("projects/minimal.yaml")
for problem in study.problems:
    print(problem)

# %% [markdown]
# Warnings say what a reviewer would ask: stages that are neither described nor excluded. Errors would stop here.
#
# 500 draws are enough to look at; a report takes 10,000.

# %%
assessment = study.assess(draws=500, seed=2026, as_of=datetime.date(2026, 11, 24))
climate = assessment.figures["total.gwp100"]
low, _, high = climate.interval()
print(f"{climate.value:.0f} {climate.unit}, 95 % between {low:.0f} and {high:.0f}")

# %% [markdown]
# Where does it come from? Each figure is a tree that ends in a line of the descriptor or in a cited factor.

# %%
for step in assessment.explain("training.final-model.energy"):
    print("  " * step.depth + f"{step.label} = {step.value}", step.origin, sep="  <- ")

# %% [markdown]
# Which lines weigh most? The inventory is a pandas frame.

# %%
inventory = assessment.tables()["inventory"].set_index("part")
print(inventory["gwp100 [kgCO2e]"].sort_values(ascending=False).head(3))

# %% [markdown]
# The same training elsewhere.

# %%
table = assessment.sweep("location").table("total.gwp100")
assert table is not None
for group in table.groups:
    for row in group.rows:
        print(f"{row.case.name or 'as described':>16} {row.amount.value:8.1f} {row.amount.unit}")

# %% [markdown]
# An assessment shows page one of its report. `assessment.report("fr").html` is the whole of it, `.pdf()` the PDF.

# %%
assessment  # noqa: B018  a notebook shows what ends a cell
