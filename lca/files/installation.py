"""What is installed for the program to run on: packages, fonts, system libraries, and how old its data are."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import platform
import sys
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

#: What every command may need, and what each extra adds; a test holds both to what the package declares.
PACKAGES = (
    *(
        "babel",
        "jinja2",
        "jsonschema",
        "markupsafe",
        "matplotlib",
        "msgspec",
        "numpy",
        "pandas",
        "pypdf",
        "python-docx",
    ),
    *("pyyaml", "weasyprint"),
)
EXTRAS: Mapping[str, tuple[str, ...]] = {
    "dask": ("distributed",),
    "edit": ("ruamel.yaml",),
    "parquet": ("pyarrow",),
    "png": ("pypdfium2",),
    "web": ("python-multipart", "ruamel.yaml", "starlette", "uvicorn"),
    "xlsx": ("xlsxwriter",),
}
OLDEST_PYTHON = (3, 11)
FONTS = ("Inter-Bold", "Inter-Italic", "Inter-Regular", "Inter-SemiBold")

PRESENT, DUE, ABSENT, MISSING = "present", "due", "absent", "missing"


class Found(Struct, frozen=True):
    """One part of an installation: present, due for renewal, absent where only some commands need it, or missing.

    `facts` are what is there, such as versions, and what is not, by the names that the words of the command fill in.
    """

    part: str
    state: str
    facts: Mapping[str, str | int]


def parts() -> Iterator[Found]:
    """Yield each part of the installation; what goes wrong while one is looked at is a part that is missing."""
    looks: tuple[tuple[str, Callable[[], Found]], ...] = (
        ("python", _python),
        ("packages", _packages),
        *((f"extra-{name}", functools.partial(_extra, name)) for name in EXTRAS),
        ("fonts", _fonts),
        ("renderer", _renderer),
        ("catalogue", _catalogue),
        ("law", _law),
    )
    for part, look in looks:
        try:
            yield look()
        except Exception as error:
            yield Found(part, MISSING, {"lacking": f"{type(error).__name__}: {str(error)[:80]}"})


@functools.cache
def program_hash() -> str:
    """Return a hash of what figures are computed by beside the factors: the code with its data, and the plug-ins that are there."""
    from lca.files.folders import PACKAGE
    from lca.files.plugins import offered

    digest = hashlib.sha256("\0".join(offered()).encode())
    for path in sorted(p for kind in ("*.py", "*.json", "*.yaml") for p in PACKAGE.rglob(kind)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _python() -> Found:
    if sys.version_info < OLDEST_PYTHON:
        return Found("python", MISSING, {"lacking": f"Python {'.'.join(map(str, OLDEST_PYTHON))}"})
    return Found("python", PRESENT, {"version": platform.python_version(), "system": platform.platform(terse=True)})


def _packages() -> Found:
    there, lacking = _versions(PACKAGES)
    return Found("packages", MISSING if lacking else PRESENT, {"versions": there, "lacking": lacking})


def _extra(name: str) -> Found:
    there, lacking = _versions(EXTRAS[name])
    return Found(f"extra-{name}", ABSENT if lacking else PRESENT, {"versions": there, "lacking": lacking})


def _versions(packages: tuple[str, ...]) -> tuple[str, str]:
    """Return the packages that are there, each with its version, and those that are not."""
    there, lacking = [], []
    for package in packages:
        try:
            there.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            lacking.append(package)
    return ", ".join(there), ", ".join(lacking)


def _fonts() -> Found:
    from lca.files.folders import data_folder

    folder = data_folder("templates") / "fonts"
    lacking = ", ".join(name for name in FONTS if not (folder / f"{name}.otf").is_file())
    return Found("fonts", MISSING if lacking else PRESENT, {"names": ", ".join(FONTS), "lacking": lacking})


def _renderer() -> Found:
    from lca.files.pdf import PangoMissing, renderer

    try:
        return Found("renderer", PRESENT, {"versions": renderer()})
    except PangoMissing as error:
        return Found("renderer", MISSING, {"lacking": str(error)})


def _catalogue() -> Found:
    from lca.files.shipped import date_of_assessment, load_catalogue

    book, _ = load_catalogue()
    today, sources = date_of_assessment().isoformat(), book.sources.values()
    reviews = sorted(source.review_by for source in sources if source.review_by)
    due = sum(date < today for date in reviews)
    facts: dict[str, str | int] = {
        "version": book.version,
        "sources": len(sources),
        "rows": sum(map(len, book.rows.values())),
        "read": max(source.accessed for source in sources),
        "review_by": reviews[0],
        "due": due,
    }
    return Found("catalogue", DUE if due else PRESENT, facts)


def _law() -> Found:
    from lca.files.shipped import date_of_assessment, load_checklist
    from lca.subjects.checklist.assess import LEGAL_TEXT_MAXIMUM_AGE

    criteria = load_checklist()
    days = (date_of_assessment() - criteria.written).days
    facts: dict[str, str | int] = {"acts": len(criteria.acts), "read": criteria.written.isoformat(), "days": days}
    return Found("law", DUE if days > LEGAL_TEXT_MAXIMUM_AGE.days else PRESENT, facts)
