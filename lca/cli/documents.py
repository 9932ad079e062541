"""Documents to send or paste: `dnsh letter` for a host, `dnsh export` for a form."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language, writer_of
from lca.cli.running import DONE, AddCommand, add_checklist, add_computing, add_copy, add_dated, inputs_of, refuse, run
from lca.files.folders import FORMS

if TYPE_CHECKING:
    from lca import Assessment
    from lca.presenting.blocks import Page


def register(command: AddCommand) -> None:
    """Add the commands."""
    letter = command(
        "dnsh letter", _letter, "write the questions to the host of the servers, with what is known filled in"
    )
    letter.add_argument("file", type=Path, metavar="FILE")
    letter.add_argument("--site", metavar="NAME", help="the site whose host is asked (needed where there are several)")
    export = command("dnsh export", _export, "write the assessment as the answer to a form")
    export.add_argument("file", type=Path, metavar="FILE")
    named = f"{', '.join(FORMS)}, or a file with the form of a call (lca schema form)"
    export.add_argument("--form", metavar="FORM", help=f"the form: {named} (default: that of the call's profile)")
    add_copy(letter)
    add_computing(export)
    for document in (letter, export):
        add_language(document)
        document.add_argument(
            "--format", choices=tuple(FORMATS), help=f"{', '.join(FORMATS)} (default: by the ending of -o, else text)"
        )
        document.add_argument("-o", "--output", type=Path, metavar="OUT", help="file to write (default: the terminal)")
        add_dated(document)
        add_checklist(document)


def _letter(options: argparse.Namespace) -> int:
    from lca.files.shipped import load_form, words
    from lca.presenting.writer import Writer
    from lca.problems import Problem, ProblemsFound, did_you_mean

    assessment = run(options, draws=0)
    from lca.subjects.footprint.declared import ProductSystem

    sites = assessment.study[ProductSystem].sites
    place = assessment.study.document.at(("sites",))
    if options.site and options.site not in sites:
        hint = did_you_mean(options.site, sites) or f"known: {', '.join(sites) or 'none'}"
        raise ProblemsFound([Problem(place, "LCA401", f"`{options.site}` is not one of the sites", hint)])
    hosts = [name for name, site in sites.items() if site.kind == "data-centre"] or list(sites)
    if not options.site and len(hosts) != 1:
        message = "the descriptor names no site" if not hosts else "the descriptor names several sites"
        hint = "describe it under `sites`" if not hosts else f"choose one with --site: {', '.join(hosts)}"
        raise ProblemsFound([Problem(place, "LCA401", message, hint)])
    from lca.subjects.checklist.forms.letter import letter

    language = options.lang or assessment.study.about.language
    page = letter(load_form("letter"), assessment, Writer(language, words(language)), options.site or hosts[0])
    return _write(page, assessment, options)


def _export(options: argparse.Namespace) -> int:
    from lca.files.shipped import load_form, words
    from lca.presenting.writer import Writer
    from lca.problems import did_you_mean

    if options.form and options.form not in FORMS and not Path(options.form).exists() and not Path(options.form).suffix:
        hint = did_you_mean(options.form, FORMS) or f"known: {', '.join(FORMS)}, or a file"
        return refuse(options, f"there is no form `{options.form}`", hint)
    assessment = run(options)
    named = options.form or _form_of_call(options, assessment)
    if not named:
        return refuse(
            options, "no form is named, and no call names one", f"name one with `--form`: {', '.join(FORMS)}, or a file"
        )
    own = None if named in FORMS else Path(named)
    from lca.files.forms import read_form
    from lca.subjects.checklist.forms.export import filled

    language = options.lang or assessment.study.about.language
    form = read_form(own, language) if own is not None else load_form(named)
    page = filled(form, assessment, Writer(language, words(language)))
    return _write(page, assessment, options, own)


def _form_of_call(options: argparse.Namespace, assessment: Assessment) -> str:
    """Return the form that the profile of the call names: by its name, or the file of that name beside the profile."""
    call = assessment.source.readable.call
    form = call.profile.annex.form if call is not None and call.profile.annex is not None else ""
    beside: Path = Path(options.call or options.file).parent
    return form if form in ("", *FORMS) else str(beside / form)


def _write(page: Page, assessment: Assessment, options: argparse.Namespace, form: Path | None = None) -> int:
    """Write a document whole, or print it where no file is named; never over what it was made from."""
    output: Path | None = options.output
    by_ending = {ending: name for name, (ending, _) in FORMATS.items()}
    written_as = options.format or by_ending.get(output.suffix if output else "", "text")
    content = FORMATS[written_as][1](page, assessment)
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return DONE
    from lca.files.writing_whole import write_whole

    write_whole({output: content}, [*inputs_of(assessment), *(options.checklist or ()), *_given(options, form)])
    print(writer_of(options).words["terminal"]["written"].format(path=output))
    return DONE


def _given(options: argparse.Namespace, form: Path | None) -> list[Path]:
    """Return the form and the profile of the call where they are files."""
    return [path for path in (form, Path(options.call) if options.call else None) if path is not None]


def _as_text(page: Page, _: Assessment) -> bytes:
    from lca.presenting.text import as_text

    return as_text(page).encode()


def _as_html(page: Page, _: Assessment) -> bytes:
    from lca.files.folders import data_folder
    from lca.presenting.page_html import as_html

    return as_html(page, (data_folder("templates") / "report.css").read_text("utf-8")).encode()


def _as_docx(page: Page, assessment: Assessment) -> bytes:
    from lca.files.documents import date_of, generator
    from lca.presenting.docx import as_docx

    return as_docx(page, date_of(assessment.fingerprint), generator(assessment.fingerprint))


#: The formats by name: the ending that stands for each, and what writes it.
FORMATS: dict[str, tuple[str, Callable[[Page, Assessment], bytes]]] = {
    "text": (".txt", _as_text),
    "html": (".html", _as_html),
    "docx": (".docx", _as_docx),
}
