"""What tests of the form share: a person before the form's pages in a browser without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from starlette.testclient import TestClient

from lca.web.app import form_app
from lca.web.desk import Desk
from lca.web.workspace import Workspace


class Person:
    """Somebody who reads pages, fills fields in and presses buttons; every page must be strict HTML."""

    def __init__(self, file: Path, language: str = "en", client: TestClient | None = None) -> None:
        self.file = file
        self.client = client or TestClient(form_app(Desk(Workspace(file), "lca serve --forget"), language))
        self.page: Element = Element("nothing")
        self.text, self.address, self.status = "", "", 0

    def second_tab(self) -> Person:
        """Return somebody at another page of the same server."""
        return Person(self.file, client=self.client)

    def go(self, address: str) -> Person:
        """Open a page."""
        return self._opened(self.client.get(address))

    def _opened(self, answer: Any) -> Person:
        self.text, self.address, self.status = answer.text, str(answer.url), answer.status_code
        html5lib.HTMLParser(strict=True).parse(self.text)
        self.page = html5lib.parse(self.text, namespaceHTMLElements=False)
        return self

    def form(self, name: str = "form") -> Element:
        """Return a form of the page."""
        (found,) = (one for one in self.page.iter("form") if one.get("id") == name or one.get("action") == name)
        return found

    def fields(self, name: str = "form") -> dict[str, str]:
        """Return what a browser would send of a form as it stands."""
        return dict(_fields(self.form(name)))

    def save(self, do: str = "", form: str = "form", **changes: str) -> Person:
        """Fill fields in and press a button; `__` in a name stands for a full stop or a colon as it is written."""
        sent = self.fields(form)
        assert not (unknown := changes.keys() - sent.keys()), f"no such field: {unknown}"
        sent |= changes | ({"do": do} if do else {})
        return self._opened(self.client.post(str(self.form(form).get("action")), data=sent))

    def answered(self, name: str, value: str) -> str:
        """Return what is said at a field while a value is being typed."""
        answer = self.client.post(
            "/check", data=self.fields() | {name: value, "checked": name}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200
        return " ".join(re.sub(r"<[^>]+>", "", answer.text).split())

    def said(self, name: str) -> str:
        """Return what the page says at a field."""
        control = next(one for one in self.page.iter() if one.get("name") == name)
        ids = str(control.get("aria-describedby")).split()
        found = [one for one in self.page.iter() if one.get("id") in ids and str(one.get("id")).endswith("-said")]
        return " ".join(" ".join(found[0].itertext()).split())

    def all_text(self) -> str:
        """Return all text of the page."""
        return " ".join(" ".join(self.page.itertext()).split())


def _fields(form: Element) -> Iterator[tuple[str, str]]:
    for one in form.iter():
        name, kind = one.get("name"), one.get("type", "")
        if not name or one.tag == "button" or kind == "file" or (kind == "radio" and one.get("checked") is None):
            continue
        if one.tag == "select":
            chosen = [option for option in one.iter("option") if option.get("selected") is not None]
            yield name, str(chosen[0].get("value")) if chosen else ""
        elif one.tag == "textarea":
            yield name, (one.text or "").removeprefix("\n")
        elif one.tag == "input":
            yield name, one.get("value", "")
