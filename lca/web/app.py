"""The server of the form: which address answers what; every change goes into the text, and every page comes from it."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from lca.files.folders import languages
from lca.problems import ProblemsFound
from lca.web.desk import Desk
from lca.web.pages import Pages, Seen, View, anchor, pages_in
from lca.web.sent import path_and_end
from lca.web.served import downloads, shipped
from lca.web.steps import read_steps

#: How the browser remembers the language that a person chose.
LANGUAGE = "lca-language"
#: More fields or files are not read of one request.
MOST_FIELDS, MOST_FILES = 5000, 2

Handler = Callable[[Request], Awaitable[Response]]


def form_app(desk: Desk, language: str) -> Starlette:
    """Return the application; what guards it is put around it by whoever runs it."""
    served = _Served(desk, language)
    return Starlette(
        routes=[
            Route("/", served.start),
            Route("/new", served.new, methods=["POST"]),
            Route("/step/{name}", served.step),
            Route("/step/{name}", served.save, methods=["POST"]),
            Route("/check", served.check, methods=["POST"]),
            Route("/text", served.text),
            Route("/text", served.save_text, methods=["POST"]),
            Route("/undo", served.undo, methods=["POST"]),
            Route("/resolve", served.resolve, methods=["POST"]),
            Route("/upload", served.ask_upload),
            Route("/upload", served.upload, methods=["POST"]),
            Route("/import", served.import_log, methods=["POST"]),
            Route("/language/{code}", served.choose_language),
            Route("/shipped/{name:path}", shipped),
            *downloads(desk, served.language_of),
        ],
        exception_handlers={ProblemsFound: served.failed, Exception: served.at_fault},
    )


def _apart(work: Callable[..., Response]) -> Any:
    """Return a handler whose work, which computes, runs beside the loop that answers others."""

    @functools.wraps(work)
    async def handler(self: _Served, request: Request) -> Response:
        if request.method != "POST":
            return await run_in_threadpool(work, self, request)
        async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FILES) as sent:
            files = {name: await value.read() for name, value in sent.items() if isinstance(value, UploadFile)}
            return await run_in_threadpool(work, self, request, sent, files)

    return handler


class _Served:
    """What answers the addresses of the form."""

    def __init__(self, desk: Desk, language: str) -> None:
        self.desk, self.language = desk, language

    def language_of(self, request: Request) -> str:
        """Return the language that a person chose in the browser, else that of the command."""
        chosen = request.cookies.get(LANGUAGE, "")
        return chosen if chosen in languages() else self.language

    def _pages(self, request: Request) -> Pages:
        return pages_in(self.language_of(request))

    def _step(self, name: str) -> str:
        known = read_steps().steps
        return name if name in known else next(iter(known))

    @_apart
    def start(self, request: Request) -> Response:
        """Answer with the first step, or with the beginning of a new project."""
        if self.desk.is_new:
            pages = self._pages(request)
            return HTMLResponse(pages.filled(pages.new(self.desk.seen())))
        return _to(f"/step/{self._step('')}")

    @_apart
    def new(self, request: Request, sent: FormData, _: Mapping[str, bytes]) -> Response:
        """Begin a project from a template."""
        self.desk.begin(str(sent.get("template", "")), self.language_of(request), str(sent.get("name", "")))
        return _to(f"/step/{self._step('')}")

    @_apart
    def step(self, request: Request) -> Response:
        """Answer with a step of the form."""
        if self.desk.is_new:
            return _to("/")
        pages, name = self._pages(request), self._step(request.path_params["name"])
        seen = self.desk.seen()
        if seen.draft.document is None or seen.conflict is not None:
            return _to("/text")
        if name == "review":
            return HTMLResponse(pages.filled(self._review(pages, seen)))
        opened = frozenset(request.query_params.get("opened", "").split())
        return HTMLResponse(pages.filled(pages.step(seen, name, opened, request.query_params.get("focus", ""))))

    def _review(self, pages: Pages, seen: Seen, notices: Sequence[str] = ()) -> View:
        said, desk = pages.words["review"], self.desk
        told = (said["kept_why"], said["forget"].format(command=desk.forgets))
        if desk.hours:
            told = (said["kept_there"], said["forget_there"].format(hours=f"{desk.hours:g}"))
        return pages.review(seen, desk.kept(), told, notices)

    @_apart
    def save(self, request: Request, sent: FormData, _files: Mapping[str, bytes]) -> Response:
        """Take the fields of a step into the text, and do what a button asks for besides."""
        pages, name = self._pages(request), self._step(request.path_params["name"])
        fields = {key: value for key, value in sent.items() if isinstance(value, str)}
        opened = set(fields.get("opened", "").split())
        outcome = self.desk.take(fields, fields.get("revision", ""))
        action, _, target = fields.get("do", "").partition(":")
        focus, refused = "", list(outcome.refused)
        if action == "open":
            opened.add(target)
        elif action in ("add", "remove", "leave"):
            focus, more = self.desk.act(action, path_and_end(target)[0])
            refused += more
        if self.desk.seen().conflict is not None:
            return _sent_to("/text", request)
        if outcome.conflicts or refused or request.headers.get("hx-request"):
            view = pages.step(
                self.desk.seen(), name, frozenset(opened), focus, pages.refusals(refused), outcome.conflicts
            )
            return HTMLResponse(pages.filled(view, whole=not request.headers.get("hx-request")))
        if action == "next":
            known = list(read_steps().steps)
            return _to(f"/step/{known[min(known.index(name) + 1, len(known) - 1)]}")
        if action == "upload":
            return _to(f"/upload?step={name}&field={target}")
        shown = anchor(path_and_end(focus or target)[0]) if focus or action == "open" else "main"
        query = "&".join(
            (*([f"opened={'+'.join(sorted(opened))}"] if opened else []), *([f"focus={focus}"] if focus else []))
        )
        return _to(f"/step/{name}{'?' if query else ''}{query}#{shown}")

    @_apart
    def check(self, request: Request, sent: FormData, _: Mapping[str, bytes]) -> Response:
        """Answer with what is to be said of a field as it is being filled in; nothing is kept."""
        pages = self._pages(request)
        fields = {key: value for key, value in sent.items() if isinstance(value, str)}
        path = path_and_end(fields.get("checked", ""))[0]
        return HTMLResponse(pages.messages_of(self.desk.told(fields, path, pages.language)))

    @_apart
    def text(self, request: Request) -> Response:
        """Answer with the whole text."""
        pages, seen = self._pages(request), self.desk.seen()
        return HTMLResponse(pages.filled(pages.text(seen, seen.draft.text)))

    @_apart
    def save_text(self, request: Request, sent: FormData, _files: Mapping[str, bytes]) -> Response:
        """Take a text that was edited as a whole."""
        text = str(sent.get("text", ""))
        if self.desk.take_text(text, str(sent.get("revision", ""))):
            return _to("/text")
        pages = self._pages(request)
        return HTMLResponse(pages.filled(pages.text(self.desk.seen(), text, [pages.words["conflict"]["text"]])), 409)

    @_apart
    def undo(self, _: Request, sent: FormData, _files: Mapping[str, bytes]) -> Response:
        """Take the last change back."""
        self.desk.undo()
        name = str(sent.get("step", ""))
        return _to("/text" if name == "text" else f"/step/{self._step(name)}")

    @_apart
    def resolve(self, _: Request, sent: FormData, _files: Mapping[str, bytes]) -> Response:
        """Go on with one of two texts that were changed apart."""
        self.desk.resolve(keep_mine=sent.get("choice") == "mine")
        return _to("/text")

    @_apart
    def ask_upload(self, request: Request) -> Response:
        """Answer with the page that asks for a file."""
        pages, name = self._pages(request), self._step(request.query_params.get("step", ""))
        return HTMLResponse(pages.filled(pages.upload(self.desk.seen(), name, request.query_params.get("field", ""))))

    @_apart
    def upload(self, request: Request, sent: FormData, files: Mapping[str, bytes]) -> Response:
        """Store a file beside the descriptor and name it in a field."""
        pages, name = self._pages(request), self._step(str(sent.get("step", "")))
        field, file = str(sent.get("field", "")), sent.get("file")
        given = file.filename or "" if isinstance(file, UploadFile) else ""
        refused = self.desk.store(path_and_end(field)[0], given, files.get("file", b""), pages)
        if refused:
            return HTMLResponse(pages.filled(pages.step(self.desk.seen(), name, notices=[refused])), 422)
        return _to(f"/step/{name}#{anchor(path_and_end(field)[0])}")

    @_apart
    def import_log(self, request: Request, sent: FormData, files: Mapping[str, bytes]) -> Response:
        """Make a draft of a log, in the place of the text."""
        pages, file = self._pages(request), sent.get("log")
        given = file.filename or "" if isinstance(file, UploadFile) else ""
        refused = self.desk.draft_of_log(given, files.get("log", b""), pages)
        if refused:
            seen = self.desk.seen()
            view = pages.new(seen, refused) if self.desk.is_new else self._review(pages, seen, refused)
            return HTMLResponse(pages.filled(view), 422)
        return _to(f"/step/{self._step('')}")

    async def failed(self, request: Request, error: Exception) -> Response:
        """Say what could not be done, on the page that stands or on one of its own."""
        assert isinstance(error, ProblemsFound)
        return self._failed(request, self._pages(request).told(error.problems))

    async def at_fault(self, request: Request, _: Exception) -> Response:
        """Say that the program itself is at fault; whoever runs the server is told what and where."""
        return self._failed(request, [self._pages(request).words["at_fault"]])

    def _failed(self, request: Request, lines: list[str]) -> Response:
        pages = self._pages(request)
        if request.headers.get("hx-request"):
            return HTMLResponse(pages.notices(lines), 500, {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"})
        return HTMLResponse(pages.failed(lines), 500)

    async def choose_language(self, request: Request) -> Response:
        """Remember a language in the browser."""
        code, name = request.path_params["code"], request.query_params.get("step", "")
        answer = _to("/text" if name == "text" else "/" if name == "way" else f"/step/{self._step(name)}")
        if code in languages():
            answer.set_cookie(LANGUAGE, code, httponly=True, samesite="strict")
        return answer


def _sent_to(address: str, request: Request) -> Response:
    """Send a browser to another page, whether it asked for a page or for a part of one."""
    return Response(headers={"HX-Redirect": address}) if request.headers.get("hx-request") else _to(address)


def _to(address: str) -> Response:
    return RedirectResponse(address, 303)
