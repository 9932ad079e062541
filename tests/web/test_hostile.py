"""What other sites, other names, other people and too much of anything do to the form: nothing."""

import asyncio
import http.client
import re
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from lca.descriptor.document import read_document
from lca.files.shipped import words
from lca.web.app import form_app
from lca.web.desk import Desk
from lca.web.door import Door
from lca.web.guards import HEADERS, LARGEST_BODY, MOST_AT_ONCE, REFUSALS, Guards
from lca.web.workspace import Workspace

HOST = "127.0.0.1:8137"
SENTENCES = words("en")["form"]["refused"]
OWN = {"host": HOST, "origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"}

Answer = tuple[int, dict[str, str], bytes]


class Browser:
    """Asks a guarded form as a browser would, without any network; whatever a header says is sent."""

    def __init__(self, file: Path, shared_token: str = "") -> None:
        self.file, self.told = file, list[str]()
        self.door = Door([HOST], self.told.append, shared_token)
        self.app = Guards(form_app(Desk(Workspace(file), "lca serve --forget"), "en"), self.door, SENTENCES)
        self.cookie = ""

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: Iterable[bytes] = (), **scope: Any
    ) -> Answer:
        sent = {"host": HOST, **({"cookie": self.cookie} if self.cookie else {}), **(headers or {})}
        return asyncio.run(
            self._ask(method, path, {name: value for name, value in sent.items() if value}, iter(body), scope)
        )

    async def _ask(
        self, method: str, path: str, headers: dict[str, str], body: Iterator[bytes], scope: dict[str, Any]
    ) -> Answer:
        answer: list[Any] = []
        self.read = 0

        async def receive() -> Any:
            chunk = next(body, None)
            self.read += len(chunk or b"")
            return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

        async def send(message: Any) -> None:
            answer.append(message)

        address, _, query = path.partition("?")
        pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        asked = {
            "type": "http", "method": method, "path": address, "raw_path": address.encode(), "root_path": "", "scheme": "http",
            "query_string": query.encode(), "headers": pairs, "server": ("127.0.0.1", 8137), "client": ("127.0.0.1", 50000),
            "http_version": "1.1", **scope,
        }  # fmt: skip
        await self.app(asked, receive, send)
        starts = [message for message in answer if message["type"] == "http.response.start"]
        assert len(starts) == 1
        found = {name.decode(): value.decode("latin-1") for name, value in starts[0]["headers"]}
        return starts[0]["status"], found, b"".join(message.get("body", b"") for message in answer)

    def enter(self) -> None:
        _, headers, _ = self.ask("GET", f"/?token={self.door.token}")
        self.cookie = headers["set-cookie"].partition(";")[0]

    def begin(self) -> None:
        self.enter()
        assert self.ask("POST", "/new", OWN, [b"template=shortest&name=A"])[0] == 303


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser(tmp_path / "study.yaml")


@pytest.fixture
def inside(browser: Browser) -> Browser:
    browser.begin()
    return browser


def refusal(answer: Answer) -> str:
    """Return the reason of a refusal."""
    status, headers, body = answer
    reason = next(reason for reason, sentence in SENTENCES.items() if f"{sentence}\n".encode() == body)
    assert status == REFUSALS[reason]
    assert headers["content-type"] == "text/plain; charset=utf-8"
    return str(reason)


def test_the_sentences_of_refusals_stand_in_both_languages() -> None:
    for language in ("en", "fr"):
        assert words(language)["form"]["refused"].keys() == REFUSALS.keys()


def test_a_token_lets_one_browser_in_and_the_address_is_clean_then(browser: Browser) -> None:
    token = browser.door.token
    status, headers, _ = browser.ask("GET", f"/step/sites?token={token}&opened=a+b")
    assert (status, headers["location"]) == (303, "/step/sites?opened=a+b")
    cookie, _, flags = headers["set-cookie"].partition("; ")
    assert re.fullmatch(r"lca-form-8137=[\w-]{32}", cookie)
    assert flags == "HttpOnly; SameSite=Strict; Path=/"
    assert token not in str(headers)
    browser.cookie = cookie
    assert browser.ask("GET", "/")[0] == 200
    browser.cookie = ""
    assert refusal(browser.ask("GET", f"/?token={token}")) == "no_token"  # it opens once
    assert browser.told == [browser.door.token] != [token]  # whoever sees the terminal may go on
    assert refusal(browser.ask("GET", "/")) == "no_token"
    assert len(browser.told) == 1
    assert browser.ask("GET", f"/?token={browser.told[0]}")[0] == 303


def test_a_link_from_another_page_leads_in_without_a_redirect_that_would_hide_the_cookie(tmp_path: Path) -> None:
    browser = Browser(tmp_path / "study.yaml", shared_token="of-the-agency")
    elsewhere = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    for _ in range(2):  # a shared token opens again
        status, headers, _ = browser.ask("GET", "/?token=of-the-agency", elsewhere)
        assert (status, headers["refresh"]) == (200, "0; url=/")
        assert "location" not in headers


@pytest.mark.parametrize("token", ["", "x", "é", "%00", "\x00", "a" * 10_000, "of-the-agency "])
def test_no_other_token_opens(tmp_path: Path, token: str) -> None:
    browser = Browser(tmp_path / "study.yaml", shared_token="of-the-agency")
    assert refusal(browser.ask("GET", f"/?token={token}")) == "no_token"
    browser.cookie = f"lca-form-8137={token}" if token.isprintable() and token.isascii() else "lca-form-8137=;;="
    assert refusal(browser.ask("GET", "/")) == "no_token"
    assert browser.told == []


@pytest.mark.parametrize(
    "path", ["/", "/new", "/check", "/step/project", "/text", "/undo", "/resolve", "/upload", "/import"]
)
def test_nothing_is_written_without_a_session(browser: Browser, path: str) -> None:
    assert refusal(browser.ask("POST", path, OWN, [b"template=shortest&name=A"])) == "no_token"
    assert list(browser.file.parent.iterdir()) == []


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8137",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1.evil.example:8137",
        f"{HOST}, evil.example",
    ],
)
def test_another_name_is_not_answered(inside: Browser, host: str) -> None:
    before = inside.file.read_bytes()
    assert refusal(inside.ask("GET", "/", {"host": host})) == "other_name"
    assert (
        refusal(inside.ask("POST", "/text", {**OWN, "host": host, "origin": f"http://{host}"}, [b"text=gone"]))
        == "other_name"
    )
    assert inside.file.read_bytes() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": ""}, {"origin": f"http://{HOST}.evil.example"},
        {"origin": "http://127.0.0.1:8138"}, {"origin": "http://localhost:8137"}, {"origin": "file://"},
        {"origin": f"http://evil.example/{HOST}"}, {"origin": f"http://{HOST}@evil.example"}, {"origin": "http://[::1"},
        {"origin": "", "sec-fetch-site": "cross-site"}, {"origin": "", "sec-fetch-site": "same-site"},
        {"origin": "", "sec-fetch-site": "none"},
    ],
)  # fmt: skip
def test_another_site_writes_nothing_even_with_the_cookie(inside: Browser, headers: dict[str, str]) -> None:
    before = inside.file.read_bytes()
    for path in ("/text", "/undo", "/step/project", "/resolve", "/upload", "/import"):
        assert refusal(inside.ask("POST", path, {**OWN, **headers}, [b"text=gone&do=next"])) == "other_site"
    assert inside.file.read_bytes() == before


def test_another_site_embeds_nothing(inside: Browser) -> None:
    for mode in ("no-cors", "cors", "same-origin", ""):
        assert (
            refusal(inside.ask("GET", "/text", {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode}))
            == "other_site"
        )
    assert inside.ask("GET", "/text", {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"})[0] == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "BREW", ""])
def test_nothing_else_can_be_done_with_a_page(inside: Browser, method: str) -> None:
    answer = inside.ask(method, "/text", OWN)
    assert (refusal(answer), answer[1]["allow"]) == ("no_such_method", "GET, HEAD, POST")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret", "/shipped/../../secret", "/shipped/fonts/../../secret", "/shipped/..\\secret", "/shipped/C:\\secret",
        "/./text", "/shipped/\x00", "/shipped/form.css\x00.txt", "/step/a\nb", "/shipped/\u202e",
    ],
)  # fmt: skip
def test_no_path_leads_up_or_hides(inside: Browser, path: str) -> None:
    assert refusal(inside.ask("GET", path)) == "no_such_address"


@pytest.mark.parametrize(
    "path",
    [
        "/shipped//etc/hostname",
        "/shipped/etc/hostname",
        "/shipped/web/form.css",
        "/shipped/%2e%2e/x",
        "/nowhere",
        "//evil.example",
    ],
)
def test_only_what_pages_ask_for_has_an_address(inside: Browser, path: str) -> None:
    assert inside.ask("GET", path)[0] == 404


def test_an_address_with_two_slashes_leads_to_no_other_server(browser: Browser) -> None:
    _, headers, _ = browser.ask("GET", f"//evil.example/?token={browser.door.token}")
    assert headers["location"] == "/evil.example/"


@pytest.mark.parametrize(
    "path", ["/", "/text", "/step/project", "/step/review", "/shipped/form.css", "/nowhere", "/download/yaml"]
)
def test_every_answer_carries_the_policy(inside: Browser, path: str) -> None:
    for headers in (None, {"host": "evil.example"}):
        _, found, _ = inside.ask("GET", path, headers)
        assert {name: found[name.decode()].encode() for name in HEADERS} == HEADERS
    assert b"unsafe" not in HEADERS[b"content-security-policy"]
    assert b"default-src 'none'" in HEADERS[b"content-security-policy"]
    assert b"frame-ancestors 'none'" in HEADERS[b"content-security-policy"]


def test_no_page_holds_a_script_or_style_of_its_own(inside: Browser) -> None:
    for path in ("/step/project", "/step/review", "/text", "/upload"):
        page = inside.ask("GET", path)[2].decode()
        assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page)


MARKUP = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


def test_markup_in_names_and_texts_is_text(inside: Browser) -> None:
    from urllib.parse import urlencode

    text = inside.file.read_text().replace("name: A", f"name: '{MARKUP}'").replace("name: Minimal", f"name: '{MARKUP}'")
    text = re.sub(r"(?m)^  name: .*$", lambda _: f"  name: '{MARKUP}'", text, count=1)
    _, _, page = inside.ask("GET", "/text")
    revision = re.search(rb'name="revision" value="(\d+)"', page)
    assert revision is not None
    inside.ask("POST", "/text", OWN, [urlencode({"text": text, "revision": revision[1].decode()}).encode()])
    assert MARKUP in inside.file.read_text()
    for path in (
        "/text",
        "/step/project",
        "/step/review",
        f"/step/{MARKUP}",
        f"/step/project?focus={MARKUP}&opened={MARKUP}",
    ):
        shown = inside.ask("GET", path)[2].decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def multipart(name: str, chunks: Iterable[bytes]) -> tuple[dict[str, str], Iterator[bytes]]:
    """Return the headers and the body by which a browser sends a file."""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
    field = '\r\n--x\r\nContent-Disposition: form-data; name="field"\r\n\r\nchecklist.answers.energy.evidence.0.file\r\n--x--\r\n'

    def body() -> Iterator[bytes]:
        yield head.encode()
        yield from chunks
        yield field.encode()

    return {**OWN, "content-type": "multipart/form-data; boundary=x"}, body()


def test_fifty_megabytes_are_refused_before_they_are_stored(inside: Browser) -> None:
    before = sorted(path.name for path in inside.file.parent.rglob("*"))
    headers, body = multipart("big.txt", (b"x" * 1_000_000 for _ in range(50)))
    said = {**headers, "content-length": str(50_000_000)}
    assert refusal(inside.ask("POST", "/upload", said, body)) == "too_large"
    assert inside.read == 0
    headers, body = multipart("big.txt", (b"x" * 1_000_000 for _ in range(50)))
    assert refusal(inside.ask("POST", "/upload", headers, body)) == "too_large"  # without saying how much comes
    assert LARGEST_BODY < inside.read <= LARGEST_BODY + 1_000_000
    for size in ("9" * 30, "-1", "1e3", "٣"):
        if size.isascii():
            assert refusal(inside.ask("POST", "/upload", {**headers, "content-length": size})) == "too_large"
    assert sorted(path.name for path in inside.file.parent.rglob("*")) == before


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x", "..\\..\\x", "/etc/passwd", "C:\\x", "CON", "a\x00b", ".bashrc", "x" * 5000]
)
def test_no_upload_leaves_the_folder(inside: Browser, tmp_path: Path, name: str) -> None:
    headers, body = multipart(name, [b"content"])
    status, _, _ = inside.ask("POST", "/upload", headers, body)
    assert status in (303, 400, 422)
    files = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")}
    assert files <= {"study.yaml", ".study.yaml.lca-form", "study-files"}
    assert read_document(inside.file.read_text(), "study.yaml").data["project"]["name"] == "A"


def test_at_most_so_many_are_answered_at_once() -> None:
    waits = asyncio.Event()

    async def slow(_scope: Any, _receive: Any, send: Any) -> None:
        await waits.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async def run() -> list[int]:
        door = Door([HOST], lambda _: None)
        guards, session, statuses = Guards(slow, door, SENTENCES), door.enter(door.token), list[int]()

        async def receive() -> Any:
            return {"type": "http.request"}

        async def send(message: Any) -> None:
            if "status" in message:
                statuses.append(message["status"])

        headers = [(b"host", HOST.encode()), (b"cookie", f"lca-form-8137={session}".encode())]
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}
        asked = [asyncio.create_task(guards(scope, receive, send)) for _ in range(200)]
        await asyncio.sleep(0)
        waits.set()
        await asyncio.gather(*asked)
        await guards(scope, receive, send)  # there is room again
        return statuses

    statuses = asyncio.run(run())
    assert sorted(statuses) == [204] * (MOST_AT_ONCE + 1) + [503] * (200 - MOST_AT_ONCE)
    assert statuses[-1] == 204


def test_no_socket_of_another_kind_is_opened(browser: Browser) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    asyncio.run(browser.app({"type": "websocket", "path": "/", "headers": []}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, str, Path]]:
    """Serve a form over a real socket; give its port, the cookie of a browser, and the file."""
    file = tmp_path / "study.yaml"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    door = Door([f"127.0.0.1:{port}"], lambda _: None)
    app = Guards(form_app(Desk(Workspace(file), "lca serve --forget"), "en"), door, SENTENCES)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield port, f"lca-form-{port}={door.enter(door.token)}", file
    server.should_exit = True
    thread.join()


def send(port: int, cookie: str, path: str, body: bytes) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {
        "Cookie": cookie,
        "Origin": f"http://127.0.0.1:{port}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except (ConnectionError, BrokenPipeError):
        return 0
    finally:
        connection.close()


def test_two_hundred_at_once_leave_a_whole_file(served: tuple[int, str, Path]) -> None:
    port, cookie, file = served
    assert send(port, cookie, "/new", b"template=shortest&name=A") == 303
    with ThreadPoolExecutor(200) as people:
        asked = [
            people.submit(send, port, cookie, "/check", f"project.name=N{n}&checked=project.name".encode())
            for n in range(100)
        ]
        asked += [people.submit(send, port, cookie, "/step/project", f"project.name=N{n}".encode()) for n in range(100)]
        statuses = {one.result() for one in asked}
    assert statuses <= {200, 303, 503, 0}
    assert statuses & {200, 303}
    assert re.fullmatch(r"A|N\d+", read_document(file.read_text(), "study.yaml").data["project"]["name"])
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".lca-")] == []


def test_a_sender_who_leaves_in_the_middle_leaves_nothing(served: tuple[int, str, Path]) -> None:
    port, cookie, file = served
    send(port, cookie, "/new", b"template=shortest&name=A")
    before = file.read_bytes()
    head = f"POST /text HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ntext=half"
    with socket.create_connection(("127.0.0.1", port)) as sender:
        sender.sendall(head.encode())
    assert send(port, cookie, "/check", b"checked=project.name") == 200
    assert file.read_bytes() == before
