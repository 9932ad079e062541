"""What the checklist's part of a descriptor refers to: files that it names, and hosts and equipment that it declares."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.named_file import FileReference
from lca.subjects.checklist.declared import Declarations


def named_files(descriptor: Descriptor) -> Iterator[FileReference]:
    """Yield the files that are named as evidence, and the hosts' tables of practices."""
    declared = descriptor[Declarations]
    for answer in declared.answers.values():
        for item in answer.evidence:
            if item.file:
                yield FileReference(item.file, f"{item.path}.file")
    for hosting in declared.hosting.values():
        code = hosting.code_of_conduct
        if code is not None and code.file:
            yield FileReference(code.file, f"{code.path}.file", is_table=True)


def names_used(descriptor: Descriptor) -> Mapping[str, Collection[str]]:
    """Return the hosts and the equipment that the checklist declares: what is declared is a use."""
    declared = descriptor[Declarations]
    return {"sites": declared.hosting, "machines": declared.equipment, "devices": declared.equipment}
