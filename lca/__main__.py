"""Runs the command line as `python -m lca`."""

import sys

from lca.cli import main

sys.exit(main())
