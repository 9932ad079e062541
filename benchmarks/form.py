"""Prints what the form costs while somebody fills it in, against a check and an assessment of the same text in one process.

python benchmarks/form.py            # projects/transition-call.yaml and projects/alexnet-2012.yaml
"""

from __future__ import annotations

import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from measure import ROOT

sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests"))

from form_by_hand import Person

import lca

#: So often each is measured; the median is printed.
TIMES = 15
#: The step that is open, the field that is filled in, and what is written there; a figure that changes no other's cost.
EXAMPLES = {
    "transition-call": ("benefit", "reductions.smaller-3d.expected", "{} kgCO2e"),
    "alexnet-2012": ("work", "training.final-model.gpu_load", "0.{}"),
}
#: What a person waits for at most, in milliseconds: an answer while typing, and page one.
KEYSTROKE, PAGE_ONE = 150, 1000


def milliseconds(work: Callable[[int], object]) -> float:
    """Return the median time of some work, which is given another number each time."""
    found = []
    for number in range(TIMES):
        begin = time.perf_counter()
        work(number)
        found.append(1000 * (time.perf_counter() - begin))
    return statistics.median(found)


def lines(name: str, step: str, field: str, value: str, folder: Path) -> Iterator[tuple[str, float, float, str]]:
    """Yield what is measured of an example: a word, milliseconds, the reference, and the limit."""
    file = folder / f"{name}.yaml"
    shutil.copy(ROOT / f"projects/{name}.yaml", file)
    shutil.copytree(ROOT / "projects/evidence", folder / "evidence", dirs_exist_ok=True)
    text = file.read_text("utf-8")
    person = Person(file).go(f"/step/{step}")
    sent = person.fields()

    def changed(number: int) -> str:
        return re.sub(r"^(  summary|  name): ", rf"\1:{' ' * (number + 2)}", text, count=1, flags=re.MULTILINE)

    check = milliseconds(lambda number: lca.read(changed(number), name=file.name, folder=folder).problems)
    whole = milliseconds(
        lambda number: lca.read(changed(number), name=file.name, folder=folder).assess().report("fr").page_one
    )
    headers = {"HX-Request": "true"}

    def keystroke(number: int) -> object:
        return person.client.post(
            "/check", data=sent | {field: value.format(number + 20), "checked": field}, headers=headers
        )

    def refresh(number: int) -> object:
        answer = person.client.post(f"/step/{step}", data=sent | {field: value.format(number + 40)}, headers=headers)
        found = re.search(r'name="revision" value="(\d+)"', answer.text)
        assert found
        return sent.update({"revision": found[1], field: value.format(number + 40)})

    yield "a keystroke's answer", milliseconds(keystroke), check, f"at most {KEYSTROKE} ms; reference: lca check"
    yield (
        "page one after a change",
        milliseconds(refresh),
        whole,
        f"at most {PAGE_ONE} ms; reference: assess and page one",
    )


def main() -> None:
    """Print the table."""
    for name, (step, field, value) in EXAMPLES.items():
        with tempfile.TemporaryDirectory() as folder:
            for what, found, reference, limit in lines(name, step, field, value, Path(folder)):
                print(
                    f"{name:16} {what:26} {found:8.0f} ms {found / reference:6.2f} x {reference:6.0f} ms   {limit}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
