"""How a server and its diagnoses end: by themselves, by force, by a bad bundle."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from visits import CRASHING, ROOT, Served, diagnosed, post, started

from plegma.web.cases import Case, Done, Failed, State, Waiting, new_id
from plegma.web.runs import BROKE, STOPPED, Job, Runs
from plegma.web.settings import Settings
from plegma.web.stores import Store


def _ends_of(tmp_path: Path, settings: Settings, texts: list[str]) -> list[State]:
    """Diagnoses texts one after another; gives how each ended."""
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    store = Store(tmp_path / "cases.sqlite")
    store.prepare()

    async def run() -> list[State]:
        runs = Runs(settings, store, incoming)
        runs.start()
        ends = []
        for number, text in enumerate(texts):
            folder = incoming / f"in-{number}"
            folder.mkdir()
            (folder / "a.txt").write_text(text)
            case = Case(new_id(), "me", "a.txt", 0, 1, len(text), Waiting())
            store.add(case)
            runs.add(Job(case.id, folder, ("a.txt",), folder))
            ends.append([state async for state in runs.states(case)][-1])
        await runs.close()
        return ends

    ends = asyncio.run(run())
    assert list(incoming.iterdir()) == []
    return ends


def test_a_diagnosis_that_takes_too_long_is_ended_and_said_so(tmp_path: Path) -> None:
    (end,) = _ends_of(tmp_path, Settings(tmp_path, timeout=0.05), [CRASHING])
    assert isinstance(end, Failed)
    assert "took longer than 0.05 seconds" in end.why.en


def test_a_diagnosis_that_runs_out_of_memory_is_the_end_of_its_process_only(tmp_path: Path) -> None:
    ends = _ends_of(tmp_path, Settings(tmp_path, memory=16 * 1024 * 1024), [CRASHING, CRASHING])
    assert ends == [Failed(BROKE), Failed(BROKE)]


def test_one_after_another_is_diagnosed(tmp_path: Path) -> None:
    ends = _ends_of(tmp_path, Settings(tmp_path), [CRASHING, "nothing of interest\n"])
    assert [end.verdict for end in ends if isinstance(end, Done)] == ["insufficient", "insufficient"]


def test_a_server_that_is_told_to_end_does_so_although_someone_watches(serve: Callable[..., Served]) -> None:
    served = serve()
    client = served.client()
    log = (CRASHING * 300_000).encode()
    url = post(client, [("big.log", log)]).json()["url"]
    seen = threading.Event()

    def watch() -> None:
        with served.client().stream("GET", f"{url}/events") as events:
            for _ in events.iter_lines():
                seen.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    assert seen.wait(10)
    assert served.end() == 0
    watcher.join(10)
    assert not watcher.is_alive()
    assert not (served.data / "incoming").exists()
    again = started(served.data)
    try:
        kept = Store(served.data / "cases.sqlite").get(url.rpartition("/")[2])
        assert kept is not None
        assert isinstance(kept.state, Done) or kept.state == Failed(STOPPED)
    finally:
        again.end()


def test_past_cases_are_there_after_a_restart(serve: Callable[..., Served]) -> None:
    first = serve()
    client = first.client()
    url = diagnosed(client, text=CRASHING)
    browser = next(value for name, value in client.cookies.items() if name.startswith("plegma-browser"))
    first.end()
    again = started(first.data)
    try:
        port = again.base.rpartition(":")[2]
        assert url in again.client(cookies={f"plegma-browser-{port}": browser}).get("/").text
    finally:
        again.end()


def test_two_servers_do_not_share_a_data_folder(server: Served) -> None:
    command = [sys.executable, "-m", "plegma", "serve", "--port", "0", "--data", str(server.data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 3
    assert "name another folder with --data" in done.stderr


def test_a_port_that_is_taken_is_said(server: Served, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "plegma", "serve", "--port", server.base.rpartition(":")[2], "--data", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 3
    assert "try another --port" in done.stderr


@pytest.mark.parametrize("missing", ["uvicorn", "starlette", "jinja2"])
def test_a_missing_package_is_told_with_what_installs_it(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; sys.argv = ['plegma', 'serve', '--port', '0']\n"
    code += "from plegma.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert "pip install 'plegma[serve]'" in done.stderr


def test_any_address_but_loopback_gets_a_token_and_a_warning(tmp_path: Path) -> None:
    served = started(tmp_path / "data", "--host", "0.0.0.0")
    port = served.base.rpartition(":")[2]
    try:
        assert len(served.token) >= 43
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 401
        assert httpx.get(f"http://127.0.0.1:{port}/?token={served.token}").status_code == 303
    finally:
        served.end()
    assert "not encrypted" in served.printed[1]


def test_the_help_tells_the_bounds_as_they_are(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "plegma", "serve", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    told, settings = " ".join(done.stdout.split()), Settings(tmp_path)
    gib = 1024**3
    limits = settings.limits
    for default in (
        f"{settings.upload // 1024**2}M", settings.files, f"{limits.ratio:g}", limits.depth, limits.members,
        f"{limits.total // gib}G", f"{limits.member // gib}G",
    ):  # fmt: skip
        assert f"(default {default})" in told
    assert f"[default: {settings.timeout:g}; x>=1]" in told
