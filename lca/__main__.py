"""Runs the command line as `python -m lca`."""

import sys

from lca.cli.main import main

sys.exit(main())
