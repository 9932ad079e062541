"""What was measured after the fact, set against the forecast that a contract fixed."""

import lca.subjects.monitoring.codes  # noqa: F401  before any of them is used
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.parts import Part
from lca.subjects.monitoring.checks import checks, named_files
from lca.subjects.monitoring.declared import Monitoring
from lca.subjects.subject import Subject


def _monitored(descriptor: Descriptor) -> bool:
    return descriptor.get(Monitoring) is not None


SUBJECT = Subject(
    "monitoring",
    (Part(Monitoring, "monitoring"),),
    checks=checks,
    named_files=named_files,
    used_by=_monitored,
)
