"""A report in one language and layout, as HTML, as PDF and as a picture."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lca.files.shipped import read_texts

if TYPE_CHECKING:
    from lca.assessment.attachments import Manner
    from lca.assessment.record import Record
    from lca.files.deposits import Deposit
    from lca.files.public_copies import PublicReport
    from lca.files.reading import Loaded
    from lca.presenting.html import ShippedTexts
    from lca.problems import Problem


class Report(Struct, frozen=True, eq=False, dict=True):
    """A report on an assessment, and on what it was read from, in one language and layout.

    `layout` is dossier, full, page or jury; `theme` a folder of an agency's own templates, words and style sheets;
    `doubts` is what is doubtful in the reviews of experts. Where values are restricted it is the public copy, which has one
    layout, unless `copy` is `agency`.
    """

    assessment: Record
    loaded: Loaded
    language: str
    layout: str = "dossier"
    theme: str = ""
    copy: str = ""
    doubts: tuple[Problem, ...] = ()

    @functools.cached_property
    def public(self) -> PublicReport | None:
        """The public copy, where that is what the report is."""
        from lca.files.public_copies import PublicReport, is_public

        if not is_public(self.loaded, self.copy):
            return None
        return PublicReport(self.assessment, self.loaded, self.language, self._texts)

    def with_reviews(self, paths: Sequence[str | Path]) -> Report:
        """Return the sheet for a jury with experts' reviews of this very version of the dossier.

        Raises:
            ProblemsFound: some reviews have errors, or the layout, the call or the sheet has no room for them.
        """
        from lca.files.reviews import with_reviews

        loaded, doubts = with_reviews(self.loaded, [Path(path) for path in paths], self.assessment, self.layout)
        return replace(self, loaded=loaded, doubts=doubts)

    @functools.cached_property
    def html(self) -> str:
        """The whole report as one page without references to anything outside it, with all data as links that save it."""
        from lca.files.documents import report_html

        if self.public is not None:
            return self.public.html
        return report_html(self.assessment, self.loaded, self._manner, self._texts)

    @functools.cached_property
    def page_one(self) -> str:
        """Page one alone, as HTML without a head."""
        from lca.assessment.dossier import render_page_one
        from lca.files.answering import arrangement_of

        if self.public is not None:
            return self.public.body
        arranged = arrangement_of(self.loaded, self.language)
        return render_page_one(self.assessment, self.language, self._texts, arranged)

    @functools.cached_property
    def _texts(self) -> ShippedTexts:
        """The shipped texts, those of the theme over them."""
        if not self.theme:
            return read_texts()
        from lca.files.themes import with_theme

        return with_theme(Path(self.theme), read_texts())

    @property
    def _manner(self) -> Manner:
        from lca.assessment.attachments import Manner

        return Manner(self.language, self.layout, theme=self._texts.theme)

    def png(self) -> bytes:
        """Return page one as a picture, or the sheet for a jury where that is the layout.

        Raises:
            lca.files.pdf.PangoMissing: a system library is missing.
            lca.files.picture.RasteriserMissing: the extra `png` is not installed.
        """
        from lca.files.picture import first_page_as_png

        return first_page_as_png((self if self.layout == "jury" else replace(self, layout="page")).pdf())

    def pdf(self, *, with_evidence: bool = False) -> bytes:
        """Return the PDF with the descriptor, all results and tables inside; `with_evidence` with the evidence files too.

        Raises:
            lca.files.pdf.PangoMissing: a system library is missing.
            ProblemsFound: an evidence file has changed since it was read.
        """
        from lca.files.documents import report_pdf

        if self.public is not None:
            return self.public.pdf()
        return report_pdf(self.html, self.assessment, self.loaded, self._manner, self._texts, with_evidence)

    def sheet(self) -> str:
        """Return the sheet for a jury as it is printed on one page, without its page, to print it beside others.

        Raises:
            lca.files.pdf.PangoMissing: a system library is missing.
        """
        from lca.files.documents import sheet_section

        return sheet_section(self.html, self.assessment, self._texts)

    def deposit(self, name: str, *, with_evidence: bool = False) -> Deposit:
        """Return the PDF without attachments for a portal, and an archive with it, all that it rests on and a receipt.

        `name` is that of the PDF. Raises as `pdf`.
        """
        from lca.files.documents import report_deposit

        if self.public is not None:
            return self.public.deposit(name)
        return report_deposit(self.html, self.assessment, self.loaded, self._manner, self._texts, with_evidence, name)
