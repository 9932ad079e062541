"""The command `serve`: a guided form in the browser, beside the page one that it produces."""

from __future__ import annotations

import argparse
import contextlib
import errno
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lca.cli.language import add_language, language_of, writer_of
from lca.cli.last_resort import told_internal
from lca.cli.running import DONE, INPUT_ERROR, AddCommand, as_typed, refuse

if TYPE_CHECKING:
    from lca.web.workspace import Workspace

#: The file that is worked on where none is named, and where the form is found.
FILE, LOOPBACK = Path("my-project.lca.yaml"), "127.0.0.1"
#: A token that people share has so many characters at least.
SHORTEST_TOKEN = 16
_ADDRESS_HINT = "give --host an address of this computer, or 0.0.0.0 for all of them"
#: How packages are called where they are installed from.
_DISTRIBUTIONS = {"python_multipart": "python-multipart"}


def register(command: AddCommand) -> None:
    """Add the command."""
    serve = command("serve", _serve, "fill a descriptor in by a form in the browser, beside its page one")
    serve.add_argument("file", nargs="?", type=Path, default=FILE, metavar="FILE", help=f"descriptor (default: {FILE})")
    add_language(serve, "language of the form", "the descriptor's, else that of the environment")
    serve.add_argument("--port", type=_port, default=0, metavar="N", help="port (default: a free one)")
    serve.add_argument(
        "--host",
        default=LOOPBACK,
        metavar="ADDRESS",
        help="address of this computer that others reach it at; needs --token",
    )
    serve.add_argument(
        "--name",
        action="append",
        default=[],
        help="name that browsers call it by, behind another server (repeatable); needs --token",
    )
    serve.add_argument(
        "--token", default="", help="what a browser must show to see the form (default: a new one each time)"
    )
    serve.add_argument(
        "--sessions",
        type=Path,
        metavar="DIR",
        help="give each browser a file in a folder of its own, below this one, in place of FILE; needs --token",
    )
    serve.add_argument(
        "--hours",
        type=_hours,
        default=48,
        metavar="N",
        help="remove a session's folder N hours after its last use (default: 48)",
    )
    serve.add_argument("--no-browser", action="store_true", help="print the address and open no browser")
    serve.add_argument(
        "--forget", action="store_true", help="remove what the form keeps beside the descriptor, and end"
    )


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"`{text[:40]}` is no port between 0 and 65535")
    return int(text)


def _hours(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text[:6]) <= 8784):
        raise argparse.ArgumentTypeError(f"`{text[:40]}` is no number of hours between 1 and 8784")
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    from lca.web.workspace import Workspace

    file: Path = options.file
    if file.is_dir():
        return refuse(options, f"`{file}` is a folder", "name a descriptor, which need not exist yet")
    if options.sessions is None and not file.parent.is_dir():
        return refuse(options, f"there is no folder `{file.parent}`", "make it first, or name a descriptor elsewhere")
    if options.sessions is not None and options.sessions.exists() and not options.sessions.is_dir():
        return refuse(options, f"`{options.sessions}` is no folder", "name a folder, which need not exist yet")
    if options.forget:
        return _forget(options, Workspace(file))
    is_shared = bool(options.name or options.sessions) or options.host not in (LOOPBACK, "localhost", "::1")
    if is_shared and len(options.token) < SHORTEST_TOKEN:
        hint = f"add --token with {SHORTEST_TOKEN} characters or more that cannot be guessed, and tell it to those people alone"
        meaning = "with --host, --name or --sessions, whoever reaches this address and has the token may read and change the file"
        return refuse(options, meaning, hint)
    try:
        for package in ("python_multipart", "starlette"):
            importlib.import_module(package)
        import uvicorn
    except ImportError as missing:
        hint = "install this program with its extra: `pip install 'lca-ai[web]'`"
        return refuse(
            options, f"the form needs the package `{_DISTRIBUTIONS.get(missing.name or '', missing.name)}`", hint
        )
    return _run(options, uvicorn)


def _forget(options: argparse.Namespace, workspace: Workspace) -> int:
    """Remove what the form keeps; say what was removed, and what stays because somebody changed it."""
    said = writer_of(options).words["form"]["serving"]
    forgotten = workspace.forget()
    for path in forgotten.removed:
        print(said["removed"].format(path=path))
    for path in forgotten.left:
        print(said["left"].format(path=path), file=sys.stderr)
    if not forgotten.removed and not forgotten.left:
        print(said["nothing_kept"].format(file=options.file))
    return INPUT_ERROR if forgotten.left else DONE


def _run(options: argparse.Namespace, uvicorn: Any) -> int:
    """Serve until the person ends it; print the address, and open it."""
    import socket
    import webbrowser
    from urllib.parse import quote

    from lca.web.door import Door
    from lca.web.guards import Guards

    app, is_kept = _app(options)
    said = writer_of(options).words["form"]
    listening = socket.socket(socket.AF_INET6 if ":" in options.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((options.host, options.port))
        listening.listen(
            128
        )  # before the address is printed: who opens it at once waits for the server, and is not refused
    except OSError as error:
        listening.close()
        is_port = error.errno in (errno.EADDRINUSE, errno.EACCES)
        hint = "choose another --port, or leave it out for a free one" if is_port else _ADDRESS_HINT
        return refuse(options, f"the address {options.host}:{options.port} cannot be used: {error.strerror}", hint)
    port = listening.getsockname()[1]
    names = _names(options.host)

    def address(token: str) -> str:
        return f"http://{_bracketed(names[0])}:{port}/?token={quote(token, safe='')}"

    def tell(token: str) -> None:
        print(said["serving"]["again"].format(address=address(token)), flush=True)

    door = Door([*(f"{_bracketed(name)}:{port}" for name in names), *options.name], tell, options.token, is_kept)
    print(said["serving"]["at"].format(address=address(door.token)))
    print(said["serving"]["end"], flush=True)
    if not options.no_browser:
        webbrowser.open(address(door.token))
    settings = uvicorn.Config(
        _telling(Guards(app, door, said["refused"])),
        log_level="critical",
        access_log=False,
        server_header=False,
        lifespan="off",
    )
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C, or a signal to end: there is nothing to tell, all is saved
        uvicorn.Server(settings).run(sockets=[listening])
    return DONE


def _app(options: argparse.Namespace) -> tuple[Any, Callable[[str], bool]]:
    """Return the form of a file, or of each session's own, and what knows a session from before."""
    from lca.web.app import form_app
    from lca.web.desk import Desk
    from lca.web.sessions import Sessions
    from lca.web.workspace import Workspace

    language = language_of(options)
    if options.sessions is None:
        command = f"{as_typed()} serve {options.file} --forget"
        return form_app(Desk(Workspace(options.file), command), language), lambda _: False

    def of_session(workspace: Workspace) -> Any:
        return form_app(Desk(workspace, "", options.hours), language)

    sessions = Sessions(options.sessions, options.hours, of_session)
    return sessions, sessions.knows


def _telling(app: Any) -> Any:
    """Return an application whose faults are told in one line, as those of any command are."""

    async def told(scope: Any, receive: Any, send: Any) -> None:
        try:
            await app(scope, receive, send)
        except Exception as error:  # the page that was asked for says that there is one
            told_internal(error)

    return told


def _names(host: str) -> list[str]:
    """Return the names under which the server answers, the one to print first."""
    return [LOOPBACK, "localhost"] if host in (LOOPBACK, "localhost") else [host]


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
