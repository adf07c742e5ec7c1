"""`python -m plegma`."""

from plegma.cli.main import main

main()
