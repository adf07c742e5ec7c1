"""Starting is light: nothing is imported that a command does not need. Counted in modules, not in seconds."""

import json
import subprocess
import sys

from running import EXAMPLE, ROOT, plegma

_COUNT = """
import json, sys
sys.argv = ["plegma", *{arguments!r}]
before = set(sys.modules)
try:
    from plegma.cli.main import main
    main()
except SystemExit:
    pass
print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
"""


def imported(*arguments: str) -> list[str]:
    """Modules that a command imports beyond the interpreter's own."""
    code = _COUNT.format(arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stderr.splitlines()[-1])
    return found


def test_the_version_costs_next_to_nothing() -> None:
    for flag in ("--version", "-V"):
        assert plegma(flag).out.startswith("plegma 0.")
        modules = imported(flag)
        assert len(modules) <= 5
        assert not {"typer", "click", "rich"} & set(modules)


def test_help_reads_neither_knowledge_nor_parsers() -> None:
    for arguments in (["--help"], ["diagnose", "--help"], ["inspect", "--help"]):
        assert not [m for m in imported(*arguments) if m.startswith(("plegma.knowledge", "plegma.engine", "plegma.evidence", "rich."))]


def test_an_inspection_of_short_texts_needs_neither_catalog_nor_scanner_nor_yaml() -> None:
    modules = set(imported("inspect", EXAMPLE))
    assert not {"hyperscan", "yaml", "zstandard", "tarfile"} & modules
    assert not [m for m in modules if m.startswith("plegma.knowledge.failure_modes.")]


def test_a_diagnosis_loads_neither_server_nor_browser_page_nor_database() -> None:
    heavy = {"starlette", "uvicorn", "jinja2", "sqlite3", "asyncio", "plegma.web", "plegma.engine.timelines"}
    assert not heavy & set(imported("diagnose", EXAMPLE))


def test_only_the_command_that_is_asked_for_is_imported() -> None:
    commands = {m.rpartition(".")[2] for m in imported("inspect", "--help") if m.startswith("plegma.cli.")}
    assert "inspect" in commands
    assert not {"diagnose", "serve", "explain", "lab", "collect"} & commands
