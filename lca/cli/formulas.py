"""The command on formulas: list them, show one, or compute one from quantities as a person writes them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lca.cli.language import writer_of
from lca.cli.running import DONE, AddCommand, add_json, refuse

if TYPE_CHECKING:
    from lca.presenting.values import Plain
    from lca.quantities.formula import Formula


def register(command: AddCommand) -> None:
    """Add the command."""
    formula = command(
        "formula", _formula, "list the formulas, show one, or compute it: lca formula NAME INPUT=VALUE..."
    )
    formula.add_argument("name", nargs="?", metavar="NAME")
    formula.add_argument("inputs", nargs="*", metavar="INPUT=VALUE", help='such as machine_time="130 h"')
    add_json(formula, "the formulas, the one, or its result")


def _formula(options: argparse.Namespace) -> int:
    import lca
    from lca.cli.terminal import formula_line, formula_page
    from lca.presenting.values import as_json
    from lca.problems import did_you_mean

    known = lca.formulas()
    if not options.name:
        plain = {"formulas": [_plain(formula) for formula in known.values()]}
        print(as_json(plain) if options.json else "\n".join(formula_line(formula) for formula in known.values()))
        return DONE
    if options.name not in known:
        hint = did_you_mean(options.name, known) or "`lca formula` lists them"
        return refuse(options, f"there is no formula `{options.name}`", hint)
    if not options.inputs:
        formula = known[options.name]
        print(as_json(_plain(formula)) if options.json else formula_page(formula))
        return DONE
    return _compute(options)


def _compute(options: argparse.Namespace) -> int:
    from lca.cli.terminal import step_line
    from lca.presenting.values import as_json, value
    from lca.problems import Location
    from lca.quantities.calling import calculate
    from lca.quantities.trees import ALL_DIGITS, explain
    from lca.quantities.units import UnitError

    given = dict(text.partition("=")[::2] for text in options.inputs)
    try:
        result = calculate(
            {"formula": options.name, "inputs": given}, lambda path: Location("command line", 1, _place(options, path))
        )
    except UnitError as error:
        return refuse(options, str(error), error.hint, error.code)
    steps = list(explain(result, digits=ALL_DIGITS))
    if options.json:
        from msgspec import to_builtins

        print(as_json({"formula": options.name, **(value(result) or {}), "steps": [to_builtins(s) for s in steps]}))
        return DONE
    writer = writer_of(options)
    print("\n".join(step_line(step, writer, {}) for step in steps))
    return DONE


def _plain(formula: Formula) -> Plain:
    """Return a formula as plain data."""
    return {
        "name": formula.name,
        "expression": formula.expression,
        "unit": formula.unit,
        "summary": formula.summary,
        "inputs": [{"name": a.name, "unit": a.unit, "meaning": a.meaning} for a in formula.arguments],
        "source": formula.source,
    }


def _place(options: argparse.Namespace, path: tuple[str, ...]) -> int:
    """Return which input of the command line a part of the call is, counted from one."""
    names = [text.partition("=")[0] for text in options.inputs]
    return names.index(path[0]) + 1 if path and path[0] in names else 1
