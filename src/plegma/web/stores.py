"""Past cases in SQLite: who made them, how they ended, and their reports. Evidence is never in it."""

import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plegma.model.texts import Text
from plegma.web.cases import Case, Done, Failed, Running, State, Waiting

_TABLES = """
CREATE TABLE IF NOT EXISTS cases (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, made REAL NOT NULL, files INTEGER NOT NULL, size INTEGER NOT NULL,
  state TEXT NOT NULL, verdict TEXT NOT NULL DEFAULT '', en TEXT NOT NULL DEFAULT '', ja TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS cases_of_owner ON cases (owner, made);
CREATE TABLE IF NOT EXISTS documents (
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE, name TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (case_id, name)
) STRICT;
"""
_COLUMNS = "id, owner, title, made, files, size, state, verdict, en, ja"


@dataclass(frozen=True, slots=True)
class Store:
    """One database file, readable by its owner only. Every call opens a connection of its own, so any thread may call."""

    file: Path

    def prepare(self) -> None:
        """Makes the tables. Raises OSError and sqlite3.Error."""
        os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))
        with self._connected() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_TABLES)

    def add(self, case: Case) -> None:
        """A new case."""
        with self._connected() as database:
            values = (case.id, case.owner, case.title, case.made, case.files, case.size, *_columns(case.state))
            database.execute(f"INSERT INTO cases ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - our own names

    def get(self, case_id: str) -> Case | None:
        """The case of an id."""
        with self._connected() as database:
            row = database.execute(f"SELECT {_COLUMNS} FROM cases WHERE id = ?", (case_id,)).fetchone()  # noqa: S608
        return _case(row) if row else None

    def made_by(self, owner: str) -> list[Case]:
        """The cases of one browser, the newest first."""
        with self._connected() as database:
            rows = database.execute(f"SELECT {_COLUMNS} FROM cases WHERE owner = ? ORDER BY made DESC, id", (owner,))  # noqa: S608
            return [_case(row) for row in rows]

    def change(self, case_id: str, state: State, documents: Mapping[str, bytes] | None = None) -> None:
        """How far the case is now, with the documents that its diagnosis gave. A case that was deleted meanwhile stays so."""
        with self._connected() as database:
            changed = database.execute(
                "UPDATE cases SET state = ?, verdict = ?, en = ?, ja = ? WHERE id = ?", (*_columns(state), case_id)
            ).rowcount
            if changed and documents:
                rows = ((case_id, name, zlib.compress(body)) for name, body in documents.items())
                database.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", rows)

    def document(self, case_id: str, name: str) -> bytes | None:
        """One document of a case."""
        with self._connected() as database:
            row = database.execute("SELECT body FROM documents WHERE case_id = ? AND name = ?", (case_id, name)).fetchone()
        return zlib.decompress(row[0]) if row else None

    def delete(self, case_id: str) -> None:
        """Removes a case with its documents; the file's pages are overwritten."""
        with self._connected() as database:
            database.execute("DELETE FROM cases WHERE id = ?", (case_id,))

    def trim(self, kept: int) -> None:
        """Removes all but the newest cases."""
        with self._connected() as database:
            database.execute("DELETE FROM cases WHERE id NOT IN (SELECT id FROM cases ORDER BY made DESC, id LIMIT ?)", (kept,))

    def give_up(self, why: Text) -> None:
        """Cases that were under way when a server ended will not come to an end."""
        with self._connected() as database:
            values = (*_columns(Failed(why)), "waiting", "running")
            database.execute("UPDATE cases SET state = ?, verdict = ?, en = ?, ja = ? WHERE state IN (?, ?)", values)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept when nothing went wrong."""
        database = sqlite3.connect(self.file, timeout=10)
        try:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA secure_delete = ON")
            with database:
                yield database
        finally:
            database.close()


def _columns(state: State) -> tuple[str, str, str, str]:
    match state:
        case Waiting():
            return "waiting", "", "", ""
        case Running():
            return "running", "", "", ""
        case Done(verdict, summary):
            return "done", verdict, summary.en, summary.ja
        case Failed(why):
            return "failed", "", why.en, why.ja


def _case(row: tuple[str, str, str, float, int, int, str, str, str, str]) -> Case:
    case_id, owner, title, made, files, size, state, verdict, en, ja = row
    text = Text(en, ja)
    states: dict[str, State] = {"waiting": Waiting(), "running": Running(), "done": Done(verdict, text), "failed": Failed(text)}
    return Case(case_id, owner, title, made, files, size, states[state])
