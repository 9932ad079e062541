"""Hugging Face model card: `co2_eq_emissions` of the front matter, and the section on environmental impact.

Specification: hub-docs, "Displaying carbon emissions for your model" (docs/hub/model-cards-co2.md, as of 2026-11): the keys
`emissions` in grams, `source`, `training_type`, `geographical_location` and `hardware_used`. It has no key for energy, for an
interval or for any other indicator: these stand in the text of `source` and in the section.
"""

from __future__ import annotations

from collections.abc import Iterator

from lca.exporters.escaping import in_markdown, in_yaml, one_line
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import energy_of_stages, is_least, limits_of, of_stages, scope_lines, told
from lca.exporters.hardware import hardware_lines, is_fine_tuning, places, used_lines
from lca.presenting.values import number
from lca.quantities.units import conversion
from lca.subjects.footprint.declared import ProductSystem

#: What a model card's figure is about: what was emitted to make the model.
MAKING = ("training", "experiments")

#: The keys have no place for these; the section has the others.
LIMITS = ("card_keys", "gaps", "benefit", "money", "scenarios", "market_based")


def write(asked: Asked) -> Exported:
    """Return the beginning of a card's README.md; the key is left out where nothing of a training was assessed."""
    limits = limits_of(asked, LIMITS)
    lines = ["---", *_front_matter(asked), "---", "", *_section(asked, limits)]
    return Exported(("\n".join(lines) + "\n").encode(), limits)


def _front_matter(asked: Asked) -> Iterator[str]:
    emissions = of_stages(asked.record.footprint, "gwp100", MAKING)
    if emissions is None:
        yield f"# {asked.words['huggingface']['no_emissions']}"
        return
    yield "co2_eq_emissions:"
    yield f"  emissions: {number(emissions.value * conversion(emissions.unit, 'gCO2e')):.12g}"
    trainings = asked.record.study[ProductSystem].training.values()
    kinds = {"fine-tuning" if is_fine_tuning(training) else "pre-training" for training in trainings}
    texts = {
        "source": _source(asked),
        "training_type": ", ".join(sorted(kinds)),
        "geographical_location": "; ".join(places(asked, MAKING)),
        "hardware_used": "; ".join(hardware_lines(asked, MAKING)),
    }
    yield from (f"  {key}: {in_yaml(one_line(text))}" for key, text in texts.items() if text)


def _source(asked: Asked) -> str:
    """Return what the figure is of: the format has one text for it."""
    footprint, words = asked.record.footprint, asked.words
    stages = [stage for stage in MAKING if stage in footprint.by_stage]
    least = is_least(footprint, "gwp100", MAKING)
    parts = {scope: told(asked, of_stages(footprint, "gwp100", stages, scope)) for scope in ("operational", "embodied")}
    return str(
        words["huggingface"]["source"].format(
            program=asked.program,
            stages=", ".join(asked.writer.words[stage] for stage in stages),
            total=told(asked, of_stages(footprint, "gwp100", stages), least),
            energy=told(asked, energy_of_stages(footprint, stages)),
            **parts,
        )
    )


def _section(asked: Asked, limits: tuple[str, ...]) -> Iterator[str]:
    words, writer = asked.words, asked.writer
    own = words["huggingface"]
    yield f"## {own['title']}"
    yield ""
    yield in_markdown(own["lead"].format(project=asked.record.study.about.name, program=asked.program))
    yield ""
    yield f"| {own['figure']} | {own['amount']} | {own['interval']} |"
    yield "|---|---|---|"
    yield from _rows(asked)
    yield ""
    for line in (*used_lines(asked, MAKING), *scope_lines(asked)):
        yield f"- {in_markdown(line)}"
    yield ""
    yield f"{words['cannot_carry']}{writer.words['colon']}"
    yield ""
    yield from (f"- {limit}" for limit in limits)


def _rows(asked: Asked) -> Iterator[str]:
    """Yield climate change and energy by stage, then the totals on every indicator; what has no total says so."""
    footprint, writer, book = asked.record.footprint, asked.writer, asked.record.book
    climate = writer.inside(book.indicators["gwp100"].name[writer.language])
    rows = []
    for stage, parts in footprint.by_stage.items():
        least = is_least(footprint, "gwp100", (stage,))
        if "gwp100" in parts:
            rows.append((f"{writer.words[stage]}, {climate}", parts["gwp100"].total, least))
        rows.append(
            (
                f"{writer.words[stage]}, {writer.inside(writer.words['energy'])}",
                footprint.energy_by_stage.get(stage),
                False,
            )
        )
    for name, part in footprint.totals.items():
        label = writer.inside(book.indicators[name].name[writer.language])
        rows.append((f"{writer.words['total']}, {label}", part.total, footprint.is_partial(name)))
    for label, quantity, least in rows:
        amount = writer.amount(quantity)
        if least and quantity is not None:
            amount = asked.words["at_least"].format(amount=amount)
        interval = writer.interval(quantity) if quantity is not None else "–"
        yield f"| {in_markdown(writer.heading(label))} | {in_markdown(amount)} | {in_markdown(interval)} |"


EXPORTER = Exporter(write, {"markdown": ".md"})
