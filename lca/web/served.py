"""What the form's server hands out whole: the shipped sheets, script and fonts, and the descriptor and dossier to save."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lca.files.folders import data_folder
from lca.problems import ProblemsFound

if TYPE_CHECKING:
    from lca import Assessment
    from lca.web.desk import Desk

LanguageOf = Callable[[Request], str]

#: What a page may ask for, the file that it is, and its type.
_SHIPPED = {
    "report.css": ("report.css", "text/css"),
    "dossier.css": ("dossier.css", "text/css"),
    "form.css": ("web/form.css", "text/css"),
    "htmx.js": ("web/htmx.min.js", "text/javascript"),
    "form.js": ("web/form.js", "text/javascript"),
    **{
        f"fonts/Inter-{weight}.otf": (f"fonts/Inter-{weight}.otf", "font/otf")
        for weight in ("Regular", "Italic", "SemiBold", "Bold")
    },
}


async def shipped(request: Request) -> Response:
    """Answer with a shipped file; only those that pages ask for have an address."""
    found = _SHIPPED.get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("", 404)
    file, kind = found
    return Response((data_folder("templates") / file).read_bytes(), media_type=kind)


def downloads(desk: Desk, language_of: LanguageOf) -> list[Route]:
    """Return the addresses of what can be saved."""

    async def download(request: Request) -> Response:
        return await run_in_threadpool(_download, desk, request.path_params["form"], language_of(request))

    async def export(request: Request) -> Response:
        return await run_in_threadpool(_export, desk, request.path_params["name"], language_of(request))

    return [Route("/download/{form}", download), Route("/export/{name}", export)]


def _download(desk: Desk, form: str, language: str) -> Response:
    from lca.files.pdf import PangoMissing

    draft = desk.seen().draft
    if form == "yaml":
        return _saved(draft.text.encode(), "application/yaml", draft.name)
    if form not in ("html", "pdf", "json"):
        return PlainTextResponse("", 404)
    if draft.assessment is None:
        return PlainTextResponse("", 409)
    stem = _stem(draft.name)
    if form == "json":
        return _saved(f"{draft.assessment.json()}\n".encode(), "application/json", f"{stem}.json")
    report = draft.assessment.report(language)
    if form == "html":
        return _saved(report.html.encode(), "text/html", f"{stem}.html")
    try:
        return _saved(report.pdf(), "application/pdf", f"{stem}.pdf")
    except PangoMissing as missing:
        return PlainTextResponse(str(missing), 503)


def _export(desk: Desk, name: str, language: str) -> Response:
    from lca.exporters import FORMATS, exporter_of

    assessment: Assessment | None = desk.seen().draft.assessment
    if name not in FORMATS:
        return PlainTextResponse("", 404)
    if assessment is None:
        return PlainTextResponse("", 409)
    try:
        exported = assessment.export(name, language)
    except ProblemsFound as found:
        return PlainTextResponse(str(found), 422)
    ending = next(iter(exporter_of(name).forms.values()))
    return _saved(exported.content, "application/octet-stream", f"{_stem(assessment.source.name)}-{name}{ending}")


def _stem(name: str) -> str:
    """Return the name that outputs of a descriptor go by: `vineyard` of vineyard.yaml and of vineyard.lca.yaml."""
    return name.rpartition(".")[0].removesuffix(".lca")


def _saved(content: bytes, kind: str, name: str) -> Response:
    """Answer with a file to save, under a name without what a header cannot hold."""
    plain = re.sub(r"[^\w.-]", "_", name, flags=re.ASCII)
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{plain}"'})
