"""`python -m plegma`."""

from plegma.cli.main import entry

entry()
