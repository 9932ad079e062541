"""The command on formulas: list them, show one, or compute one from quantities as a person writes them."""

from __future__ import annotations

import argparse
import sys

from lca.cli.running import DONE, INPUT_ERROR, AddCommand


def register(command: AddCommand) -> None:
    """Add the command."""
    formula = command(
        "formula", _formula, "list the formulas, show one, or compute it: lca formula NAME INPUT=VALUE..."
    )
    formula.add_argument("name", nargs="?", metavar="NAME")
    formula.add_argument("inputs", nargs="*", metavar="INPUT=VALUE", help='such as machine_time="130 h"')


def _formula(options: argparse.Namespace) -> int:
    import lca
    from lca.cli.terminal import formula_line, formula_page, step_line
    from lca.problems import Location, did_you_mean
    from lca.quantities.calling import calculate
    from lca.quantities.trees import explain
    from lca.quantities.units import UnitError

    known = lca.formulas()
    if not options.name:
        print("\n".join(formula_line(formula) for formula in known.values()))
        return DONE
    if options.name not in known:
        hint = did_you_mean(options.name, known) or "`lca formula` lists them"
        print(f"lca formula: there is no formula `{options.name}`; {hint}", file=sys.stderr)
        return INPUT_ERROR
    if not options.inputs:
        print(formula_page(known[options.name]))
        return DONE
    given = dict(text.partition("=")[::2] for text in options.inputs)
    try:
        result = calculate(
            {"formula": options.name, "inputs": given}, lambda path: Location("command line", 1, _place(options, path))
        )
    except UnitError as error:
        print(f"lca formula: {error.code} {error}{'; ' + error.hint if error.hint else ''}", file=sys.stderr)
        return INPUT_ERROR
    print("\n".join(step_line(step) for step in explain(result)))
    return DONE


def _place(options: argparse.Namespace, path: tuple[str, ...]) -> int:
    """Return which input of the command line a part of the call is, counted from one."""
    names = [text.partition("=")[0] for text in options.inputs]
    return names.index(path[0]) + 1 if path and path[0] in names else 1
