"""What stands before the form's server: no other site, name or person gets in, nothing too large, not too many at once."""

from __future__ import annotations

import http.cookies
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from lca.web.door import Door

#: A body may have so many bytes: the largest file that a descriptor may name, and what a form sends around it.
LARGEST_BODY = 26_000_000
#: So many requests are answered at once; a page and what it needs are fewer than twenty.
MOST_AT_ONCE = 40

#: What a page may load and do: what this server sends, and nothing that stands in the page itself.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
#: Set on every answer. The origin is told within this server alone: without it no write would be known as its own.
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"cache-control": b"no-store",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"same-origin",
    b"x-content-type-options": b"nosniff",
}
_READS, _WRITES = ("GET", "HEAD"), ("POST",)
#: The reasons why a request is refused, and the status of each; the sentence of each is a word of the form.
REFUSALS = {
    "no_such_address": 400,
    "other_site": 403,
    "no_token": 403,
    "no_such_method": 405,
    "too_large": 413,
    "other_name": 421,
    "too_many": 503,
}


class Guards:
    """An application behind its guards.

    Refused are: a name in `Host` that is not the server's (a page elsewhere whose name was pointed here), a write that another
    site sends, whoever has no session (`Door`), a path that leads up, a body above `LARGEST_BODY` before it is stored, and what
    comes while `MOST_AT_ONCE` others are being answered.
    """

    def __init__(self, app: ASGIApp, door: Door, sentences: Mapping[str, str]) -> None:
        """Take what is guarded, who may enter, and the sentence of each of `REFUSALS`."""
        self.app, self.door, self.sentences = app, door, sentences
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _with_headers(send))
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _Headers(scope["headers"])
        refused = self._refused(scope, headers)
        if refused:
            await self._refuse(refused, send)
        elif self.door.knows(session := headers.cookie(_cookie_name(headers))):
            await self._run({**scope, "lca.session": session}, receive, send)
        else:
            await self._let_in(scope, headers, send)

    def _refused(self, scope: Scope, headers: _Headers) -> str:
        """Return why a request is refused whoever sends it, empty where it is not."""
        if not self.door.answers(headers.only(b"host")):
            return "other_name"
        if scope["method"] not in (*_READS, *_WRITES):
            return "no_such_method"
        if not _leads_down(scope["path"]):
            return "no_such_address"
        if not _from_own_pages(scope["method"], headers):
            return "other_site"
        size = headers.only(b"content-length") or "0"
        if not size.isdecimal() or int(size[:20]) > LARGEST_BODY:
            return "too_large"
        return "too_many" if self._running >= MOST_AT_ONCE else ""

    async def _let_in(self, scope: Scope, headers: _Headers, send: Send) -> None:
        """Give a browser that brings a token a session, and lead it to the address without the token."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        token = next((value for name, value in query if name == "token"), "")
        session = self.door.enter(token) if scope["method"] == "GET" else ""
        if not session:
            if scope["method"] == "GET":
                self.door.knock()
            await self._refuse("no_token", send)
            return
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        # A path that begins with two slashes would be another server.
        address = "/" + scope["path"].lstrip("/") + (f"?{rest}" if rest else "")
        cookie = f"{_cookie_name(headers)}={session}; HttpOnly; SameSite=Strict; Path=/"
        # Led on by an answer to another site's link, a browser would not show the cookie; led on by a page of ours, it does.
        from_elsewhere = headers.only(b"sec-fetch-site") in ("cross-site", "same-site")
        on = (b"refresh", b"0; url=" + _in_address(address)) if from_elsewhere else (b"location", _in_address(address))
        found = [on, (b"set-cookie", cookie.encode()), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 200 if from_elsewhere else 303, "headers": found})
        await send({"type": "http.response.body", "body": b""})

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, unless more is sent than is read."""
        body = _Body(receive)
        has_begun = False

        async def send_unless_refused(message: Message) -> None:
            nonlocal has_begun
            if not body.is_too_large:
                has_begun = True
                await send(message)

        self._running += 1
        try:
            await self.app(scope, body.receive, send_unless_refused)
        except Exception:
            if not body.is_too_large:
                raise
        finally:
            self._running -= 1
        if body.is_too_large and not has_begun:
            await self._refuse("too_large", send)

    async def _refuse(self, reason: str, send: Send) -> None:
        """Answer with the sentence of a refusal."""
        body = f"{self.sentences[reason]}\n".encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        headers += {"too_many": [(b"retry-after", b"1")], "no_such_method": [(b"allow", b"GET, HEAD, POST")]}.get(
            reason, []
        )
        await send({"type": "http.response.start", "status": REFUSALS[reason], "headers": headers})
        await send({"type": "http.response.body", "body": body})


class _Headers:
    """The headers of a request."""

    def __init__(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        self.pairs = tuple(pairs)

    def only(self, name: bytes) -> str:
        """Return the value of a header that stands once; empty where it stands more often or not at all."""
        values = [value for known, value in self.pairs if known.lower() == name]
        return values[0].decode("latin-1") if len(values) == 1 else ""

    def cookie(self, name: str) -> str:
        """Return a cookie, empty where there is none."""
        found: http.cookies.SimpleCookie = http.cookies.SimpleCookie()
        for known, value in self.pairs:
            if known.lower() == b"cookie":
                try:
                    found.load(value.decode("latin-1"))
                except http.cookies.CookieError:
                    continue
        return found[name].value if name in found else ""


class _Body:
    """What a request sends, counted while it comes."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._size = receive, 0
        self.is_too_large = False

    async def receive(self) -> Message:
        """Return what comes next; where it is too much, the application sees its sender leave."""
        if self.is_too_large:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._size += len(message.get("body", b""))
        self.is_too_large = self._size > LARGEST_BODY
        return {"type": "http.disconnect"} if self.is_too_large else message


def _cookie_name(headers: _Headers) -> str:
    """Return the name of the cookie: servers at several ports of one computer share their cookies."""
    return f"lca-form-{headers.only(b'host').rpartition(':')[2]}"


def _leads_down(path: str) -> bool:
    """Say whether a path, read as any system reads it, leads nowhere up and holds nothing that is not seen."""
    parts = path.replace("\\", "/").split("/")
    return path.isprintable() and "\\" not in path and not any(part in (".", "..") for part in parts)


def _from_own_pages(method: str, headers: _Headers) -> bool:
    """Say whether a request comes from this server's own pages, or, where it only reads, is opened by a person."""
    site, mode = headers.only(b"sec-fetch-site"), headers.only(b"sec-fetch-mode")
    if method in _READS:
        return site in ("", "same-origin", "none") or mode == "navigate"
    origin, host = headers.only(b"origin").casefold(), headers.only(b"host").casefold()
    return origin in (f"http://{host}", f"https://{host}") if origin else site == "same-origin"


def _in_address(path: str) -> bytes:
    """Return an address as a header holds it."""
    return quote(path, safe="/?=&%+").encode()


def _with_headers(send: Send) -> Send:
    """Return a `send` that sets the headers of every answer, whatever the application says of them."""

    async def send_with_headers(message: Any) -> None:
        if message["type"] == "http.response.start":
            said = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in HEADERS]
            message = {**message, "headers": [*said, *HEADERS.items()]}
        await send(message)

    return send_with_headers
