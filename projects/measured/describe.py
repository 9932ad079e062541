"""From the logs to descriptors: what `lca import` drafts, with the lines of `by_hand/` and the quality of each training.

python projects/measured/describe.py .venv/bin/python -m lca
"""

import csv
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
#: The project has one machine, and the importer calls it so.
MACHINE = "  node:\n    site: fr\n"
#: Written by hand, for no log knows it. EPYC processors of this family have 16 to 96 cores, and the machine shows 2.
SHARE = """\
    label: machine virtuelle louée
    host_share:
      value: 0.04
      distribution: {shape: uniform, low: 0.02, high: 0.125}
      evidence: estimated
      source: "à la main : 2 cœurs visibles, sur les 16 à 96 d’un processeur EPYC de cette famille (25, modèle 17)"
"""
SITE = "  fr:\n    location: FR\n"
#: Names of the scripts, as a French reader is shown them.
LABELS = {
    "logistic": "régression logistique",
    "forest": "forêt de 30 arbres",
    "small-network": "petit réseau",
    "large-network": "grand réseau",
    "network": "grand réseau,",
    "shifted": "et copies décalées",
    "insertion-sort": "tri par insertion,",
    "merge-sort": "tri par fusion,",
    "built-in": "tri de Python,",
    "sequential": "en séquence",
    "parallel": "en parallèle",
    "arrays": "par tableaux",
}
SITE_LABEL = "    label: France, par hypothèse\n"


def images():
    """Yield the quality of each training on images: the mean of five, between the lowest and the highest."""
    with (HERE / "logs/images-quality.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            value = f'value: {row["mean"]}, source: "logs/images-quality.csv : cinq entraînements, tous pareils"'
            if row["lowest"] != row["highest"]:
                spread = f"distribution: {{shape: uniform, low: {row['lowest']}, high: {row['highest']}}}"
                source = "logs/images-quality.csv : moyenne de cinq entraînements, entre le pire et le meilleur"
                value = f'value: {row["mean"]}, {spread}, evidence: measured, source: "{source}"'
            yield row["training"], row["task"], "accuracy", f"{{{value}}}", f"training_set: {row['images']} image"


def sorting():
    """Yield the size of each list as what is reached, so that the report draws what a longer list takes."""
    for name in logged("sorting"):
        task, _, size = name.rpartition("-")
        yield name, task, "longueur", f'{{value: {size}, source: "sorting.py"}}', "better: higher"


def pi():
    """Yield the points that each way throws, the same for all."""
    for name in logged("pi"):
        yield name, "pi", "millions_de_points", '{value: 60, source: "pi.py"}', "better: higher"


def logged(name):
    """Yield the names of the tasks of a log."""
    with (HERE / f"logs/{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["task_name"]


def descriptor(name, qualities, lca):
    """Return the text of a descriptor: lines by hand, then the sites, machines and trainings of the draft."""
    log = HERE / f"logs/{name}.csv"
    draft = subprocess.run([*lca, "import", "codecarbon", log], check=True, capture_output=True, text=True).stdout
    start = next(line for line in draft.splitlines() if line.startswith("  start: "))
    draft = draft[draft.index("\nsites:") + 1 :]
    draft = re.sub(rf"^  {name}-(.+)-[0-9a-f]{{8}}:$", r"  \1:", draft, flags=re.MULTILINE)  # without the run's number
    draft = replaced(draft, SITE, SITE + SITE_LABEL)
    draft = replaced(draft, MACHINE, MACHINE + SHARE)
    for training, task, metric, value, more in qualities:
        label = f"    label: {' '.join(LABELS.get(word, word) for word in labelled(training))}\n"
        quality = f"    quality:\n      task: {task}\n      metric: {metric}\n      value: {value}\n      {more}\n"
        draft = replaced(draft, f"  {training}:\n", f"  {training}:\n{label}{quality}")
    by_hand = (HERE / f"by_hand/{name}.yaml").read_text(encoding="utf-8")
    return replaced(by_hand, "  start:\n", f"{start}\n") + draft


def labelled(training):
    """Return the name of a training in two parts, where it has a size or an augmentation."""
    name, _, last = training.rpartition("-")
    return [name, last] if last.isdecimal() or last == "shifted" else [training]


def replaced(text, before, after):
    """Return a text in which something that stands there once is replaced."""
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times"
    return text.replace(before, after)


if __name__ == "__main__":
    for make in (images, sorting, pi):
        path = HERE / f"{make.__name__}.yaml"
        path.write_text(descriptor(make.__name__, make(), sys.argv[1:]), encoding="utf-8", newline="\n")
        print(f"wrote {path.name}")
