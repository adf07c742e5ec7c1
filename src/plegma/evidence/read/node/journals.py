"""The journal of the kubelet and the runtimes, or their log files where there is none."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

from plegma.evidence.read.node.places import LOG_FILES, UNITS, Places
from plegma.evidence.read.node.takings import Found, Taking, refused, unreadable

_MOST_LINES = 50_000
_MOST_BYTES = 32 * 2**20


def told_journal(places: Places) -> Iterator[Found]:
    """The units' records since `places.since`."""
    program, folders = which("journalctl"), [f for f in ("var/log/journal", "run/log/journal") if places.at(f).is_dir()]
    if program is None or not folders:
        return
    command = [program, "-o", "export", "--no-pager", "-n", str(_MOST_LINES), "--since", f"@{places.since.timestamp():.0f}"]
    if places.root != Path("/"):
        command += ["-D", str(places.at(folders[0]))]
    for unit in UNITS:
        command += ["-u", unit]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=places.deadline * 4, check=False)  # noqa: S603  # a list, no shell
    except subprocess.TimeoutExpired:
        yield unreadable("journal", "journalctl gave no answer in time", "journalctl が時間内に応答しませんでした")
        return
    if answer.stdout:
        yield Taking("journal.export", answer.stdout.decode("utf-8", "replace"))


def told_log_files(places: Places) -> Iterator[Found]:
    """The ends of log files; the name of each tells the parsers who writes it."""
    usual = [(program, places.at(name)) for program, names in LOG_FILES.items() for name in names]
    asked = set(places.logs)
    for program, path in (*places.logs, *usual):
        if (program, path) in asked or path.is_file():
            yield from _file(program, path, places.read_before.get(str(path), 0))


def _file(program: str, path: Path, before: int) -> Iterator[Found]:
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            stream.seek(max(size - _MOST_BYTES, before if before <= size else 0))
            text = stream.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError as error:
        yield refused(f"logs/{program}.log", error)
        return
    if text:
        yield Taking(f"logs/{program}.log", text)
