"""What the figures of a descriptor that was read depend on: its hash, the catalogue, the program, draws, seed and date."""

from __future__ import annotations

import datetime

from lca.assessment.record import DEFAULT_DRAWS, DEFAULT_SEED
from lca.files.reading import Loaded
from lca.files.shipped import code_version, date_of_assessment
from lca.subjects.subject import Fingerprint


def fingerprint_of(loaded: Loaded, draws: int | None, seed: int | None, as_of: datetime.date | None) -> Fingerprint:
    """Return the fingerprint of an assessment; where nothing else is asked for, with the usual draws and seed, of today."""
    return Fingerprint(
        descriptor=loaded.descriptor_hash,
        catalogue=loaded.catalogue_hash,
        catalogue_version=loaded.book.version,
        code_version=code_version(),
        seed=DEFAULT_SEED if seed is None else seed,
        draws=DEFAULT_DRAWS if draws is None else draws,
        as_of=as_of or date_of_assessment(),
        files=loaded.hashes,
        plugins=loaded.plugins,
    )
