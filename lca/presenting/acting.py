"""What in a part of a page acts or fetches: elements and attributes that no template of a theme may write."""

from __future__ import annotations

from html.parser import HTMLParser

_ELEMENTS = frozenset(
    {"script", "link", "meta", "iframe", "object", "embed", "form", "base", "audio", "video", "frame", "style"}
)


class _Looking(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ELEMENTS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().casefold().startswith("javascript:"):
                self.found.append(f"<{tag} {name}>")


def acting(part: str) -> list[str]:
    """Return the elements and attributes of a filled template that act or fetch, which a theme may not write."""
    looking = _Looking()
    looking.feed(part)
    looking.close()
    return looking.found
