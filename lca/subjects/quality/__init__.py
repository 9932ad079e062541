"""Quality against cost: several trainings of one task."""

import lca.subjects.quality.codes  # noqa: F401  before any of them is used
from lca.subjects.quality.assess import assess
from lca.subjects.quality.checks import checks
from lca.subjects.subject import Subject

SUBJECT = Subject("quality", assess, checks=checks)
