"""Prints the SHA-256 of what the program makes of every example and good case, to compare two versions of the code.

    python benchmarks/hashes.py > before.txt      # in one checkout; --draws 200 and --no-pdf make it quicker
    python benchmarks/hashes.py > after.txt       # in another; then `diff before.txt after.txt`

Each line is a hash, the descriptor and what was made of it: all results as JSON, the report as HTML in both languages, as PDF
with all its attachments, and what the command says on standard error. The date is fixed, so equal code gives equal lines.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import hashlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

#: 24 November 2026, as in the tests.
MOMENT = "1795478400"


def run(*arguments: str) -> tuple[str, str]:
    """Return what a command prints on standard output and on standard error."""
    from lca.cli.main import main

    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        main(list(arguments))
    return out.getvalue(), errors.getvalue()


def lines(file: str, draws: str, pdf: bool) -> list[str]:
    """Return the lines of one descriptor."""
    os.environ["SOURCE_DATE_EPOCH"] = MOMENT
    return [f"{hashlib.sha256(content).hexdigest()}  {file}  {what}" for what, content in made(file, draws, pdf)]


def made(file: str, draws: str, pdf: bool) -> Iterator[tuple[str, bytes]]:
    """Yield what is made of one descriptor, by name."""
    figures, errors = run("assess", file, "--json", "--draws", draws)
    yield "json", figures.encode()
    yield "errors", errors.encode()
    with tempfile.TemporaryDirectory() as folder:
        for language in ("en", "fr"):
            both = pdf and language == "en"
            run(
                "report",
                file,
                "--html",
                *(["--pdf"] if both else []),
                "--lang",
                language,
                "--draws",
                draws,
                "-o",
                folder,
            )
            for path in sorted(Path(folder).iterdir()):
                yield f"{path.suffix[1:]} {language}", path.read_bytes()
                path.unlink()


def main() -> None:
    """Print the lines of all descriptors, or of those that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="descriptors, from the clone's folder (default: all)")
    parser.add_argument("--draws", default="10000")
    parser.add_argument("--no-pdf", action="store_true")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args()
    os.chdir(ROOT)
    folders = ("projects", "tests/cases/good", "tests/cases/published")
    files = options.files or [path.as_posix() for folder in folders for path in sorted(Path(folder).glob("*.yaml"))]
    with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
        jobs = [pool.submit(lines, file, options.draws, not options.no_pdf) for file in files]
        for job in jobs:
            print(*job.result(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
