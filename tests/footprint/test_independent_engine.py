"""Totals against Brightway's matrix engine, on demand: `.venv/bin/python -m pip install bw2calc`, then `./run test`.

The inventory becomes a matrix problem: one process, the amounts of its flows, and the published factors that characterise
them. Brightway solves it without the characterisation and the sums of this program. Agreement asked for: 1e-9 relative.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, assess_file

from lca.quantities.uncertainty import Array
from lca.quantities.units import conversion

bw2calc = pytest.importorskip("bw2calc", reason="an independent engine, installed on demand")
bwp = pytest.importorskip("bw_processing", reason="an independent engine, installed on demand")

FOLDERS = ("projects", "tests/cases/good", "tests/cases/published")
FILES = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.yaml"))]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_totals_equal_those_of_a_matrix_engine(path: Path) -> None:
    assessment = assess_file(path)
    for name, part in assessment.footprint.totals.items():
        if part.total is None:
            continue
        rows = [impact for impact in assessment.footprint.impacts if impact.indicator == name]
        amounts = np.array([row.flow.quantity.value for row in rows])
        per = [f"{part.total.unit}/{row.flow.quantity.unit}".removesuffix("/1") for row in rows]
        factors = np.array(
            [row.leaf.value * conversion(row.leaf.unit, unit) for row, unit in zip(rows, per, strict=True)]
        )
        assert _score(amounts, factors) == pytest.approx(part.total.value, rel=1e-9), name


def _score(amounts: Array, factors: Array) -> float:
    flows = range(100, 100 + len(amounts))
    package = bwp.create_datapackage()

    def add(matrix: str, indices: list[tuple[int, int]], values: list[float]) -> None:
        package.add_persistent_vector(
            matrix=matrix, indices_array=np.array(indices, dtype=bwp.INDICES_DTYPE), data_array=np.array(values)
        )

    add("technosphere_matrix", [(1, 1)], [1.0])
    add("biosphere_matrix", [(flow, 1) for flow in flows], list(amounts))
    add("characterization_matrix", [(flow, flow) for flow in flows], list(factors))
    engine = bw2calc.LCA(demand={1: 1}, data_objs=[package])
    engine.lci()
    engine.lcia()
    return float(engine.score)
