"""The one descriptor that a form works on: its file, the drafts that were made of it, and what each change does to both."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lca.descriptor.document import Path
from lca.problems import ProblemsFound
from lca.web.draft import Draft, Message
from lca.web.edits import with_entry
from lca.web.sent import Outcome, Refused, applied

if TYPE_CHECKING:
    from lca.web.pages import Pages, Seen
    from lca.web.workspace import Workspace


#: So many drafts are remembered with what was computed of them.
MOST_DRAFTS = 8


class Desk:
    """A file in work; one change is made at a time."""

    def __init__(self, workspace: Workspace, forgets: str, hours: float = 0) -> None:
        """Take the file, and what removes what is kept of it: a command, or so many `hours` without use."""
        self.workspace, self.forgets, self.hours = workspace, forgets, hours
        self._lock = threading.RLock()
        self._drafts: dict[str, Draft] = {}
        self._good: Draft | None = None
        self._before: Draft | None = None

    @property
    def is_new(self) -> bool:
        """Whether there is nothing in the file yet."""
        return not self.workspace.text.strip()

    def seen(self) -> Seen:
        """Return what a page is about now."""
        from lca.web.pages import Seen

        with self._lock:
            draft = self._draft(self.workspace.text)
            if draft is not self._good and draft.document is not None and draft.assessment is not None:
                self._before, self._good = self._good, draft
            workspace = self.workspace
            return Seen(
                draft=draft,
                good=self._good,
                before=self._before,
                file=workspace.name,
                revision=str(workspace.revision),
                saved=workspace.saved_at,
                can_undo=workspace.can_undo,
                conflict=workspace.conflict,
            )

    def _draft(self, text: str) -> Draft:
        """Return the draft of a text, the same one for the same text as long as it is among the last."""
        draft = self._drafts.pop(text, None) or Draft(text, self.workspace.name, self.workspace.folder)
        self._drafts[text] = draft
        while len(self._drafts) > MOST_DRAFTS:
            del self._drafts[next(iter(self._drafts))]
        return draft

    def _base(self, revision: str) -> Draft:
        """Return the text that a page was made from; that of now where it is not known any more."""
        text = self.workspace.text_of(int(revision)) if revision.isdecimal() else None
        return self._draft(self.workspace.text if text is None else text)

    def take(self, fields: Mapping[str, str], revision: str) -> Outcome:
        """Take the fields that a person changed on a page into the text."""
        with self._lock:
            outcome = applied(self._base(revision), self._draft(self.workspace.text), fields)
            self.workspace.change(outcome.text)
            return outcome

    def told(self, fields: Mapping[str, str], path: Path, language: str) -> Sequence[Message]:
        """Return what is to be said at a field if a page's fields were taken; nothing is kept."""
        with self._lock:
            outcome = applied(self._base(fields.get("revision", "")), self._draft(self.workspace.text), fields)
            draft = self._draft(outcome.text)
        return [one for one in draft.messages(language) if path and one.path[: len(path)] == path]

    def act(self, action: str, path: Path) -> tuple[str, list[Refused]]:
        """Add an entry, remove one, or leave a key out; return the name of what was added, and what could not be done."""
        from lca.descriptor.editing import remove
        from lca.web.edits import place_of

        place = place_of(path)
        if place is None:
            return "", []
        with self._lock:
            try:
                if action == "add":
                    text, name = with_entry(self.workspace.text, path)
                    self.workspace.change(text)
                    return ".".join((*path, name)), []
                self.workspace.change(remove(self.workspace.text, path))
            except (ValueError, ProblemsFound):
                return "", [Refused(path, "", "no_edit")]
        return "", []

    def begin(self, template: str, language: str, name: str) -> None:
        """Begin with a template; a file that holds something is left as it is."""
        from lca.descriptor.editing import set_value
        from lca.files.folders import TEMPLATES
        from lca.files.shipped import template as shipped_template

        with self._lock:
            if self.is_new and template in TEMPLATES:
                text = shipped_template(template, language).decode("utf-8")
                self.workspace.change(set_value(text, ("project", "name"), name.strip()) if name.strip() else text)

    def take_text(self, text: str, revision: str) -> bool:
        """Take a text that was edited as a whole; say whether it was taken, for another may have been written meanwhile."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        with self._lock:
            base, now = self._base(revision).text, self.workspace.text
            if now not in (base, text):
                return False
            self.workspace.change(text.replace("\n", "\r\n") if "\r\n" in now else text)
            return True

    def undo(self) -> None:
        """Take the last change back."""
        with self._lock:
            self.workspace.undo()

    def resolve(self, *, keep_mine: bool) -> None:
        """Go on with the text of the form or with that of the file, where both were changed."""
        with self._lock:
            self.workspace.resolve(keep_mine=keep_mine)

    def kept(self) -> list[str]:
        """Return the names of the descriptor and of what is kept beside it."""
        return [self.workspace.name, *map(str, self.workspace.kept())]

    def store(self, path: Path, given: str, content: bytes, pages: Pages) -> str:
        """Store a file beside the descriptor and name it at a path; return why it was not, empty where it was."""
        from lca.web.edits import place_of, with_field

        said = pages.words["problems"]
        if place_of(path) is None or path[-1] != "file" or not given or not content:
            return str(said["not_stored"].format(reason=said["no_file"]))
        try:
            with self._lock:
                stored = self.workspace.store(given, content)
                self.workspace.change(with_field(self.workspace.text, path, "", stored))
        except ProblemsFound as found:
            told = pages.writer.words["messages"].of(found.problems[0])
            return str(said["not_stored"].format(reason=told.message))
        return ""

    def draft_of_log(self, given: str, content: bytes, pages: Pages) -> list[str]:
        """Put a draft made of a log in the place of the text; return why it could not be made, nothing where it was."""
        import lca
        from lca.importers import importer_of
        from lca.importers.importer import Log
        from lca.importers.other_logs import recognised
        from lca.problems import Location, Problem

        if not given or not content:
            return [str(pages.words["problems"]["no_file"])]
        name = given.replace("\\", "/").rpartition("/")[2]
        try:
            tool = recognised(content, Location(name, 1, 1))
            if isinstance(tool, Problem):
                raise ProblemsFound([tool])
            text = importer_of(tool).read([Log(content, name, name)], lca.catalogue()).text
        except ProblemsFound as found:
            return pages.told(found.problems)
        with self._lock:
            self.workspace.change(text)
        return []
