"""A server in a process of its own, and what a person does with it by HTTP; the same by the command line."""

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/fluentd-crashloop"
Part = tuple[str, bytes]
CRASHING = "NAME       READY   STATUS             RESTARTS      AGE\nshop-7f9   0/1     CrashLoopBackOff   71 (2m ago)   12d\n"


@dataclass
class Served:
    """A server: where it is, its data folder, and what it printed."""

    process: "subprocess.Popen[str]"
    address: str
    data: Path
    printed: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address without a token."""
        return self.address.partition("?")[0].rstrip("/")

    @property
    def token(self) -> str:
        """The token that it printed."""
        return self.address.partition("token=")[2]

    def client(self, **more: object) -> httpx.Client:
        """A browser that was not here before."""
        return httpx.Client(base_url=self.base, timeout=60, **more)  # type: ignore[arg-type]

    def end(self) -> int:
        """Asks it to end; gives its exit code, and keeps the rest of what it printed."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        assert self.process.stdout is not None
        self.printed.append(self.process.stdout.read())
        return self.process.returncode


def started(data: Path, *arguments: str, cwd: Path = ROOT) -> Served:
    """Starts `plegma serve` on a free port and waits for its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "plegma", "serve", *arguments, "--port", "0", "--data", str(data)],
        cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    found = re.search(r"http://\S+", first)
    if found is None:
        process.kill()
        raise AssertionError(first + process.stdout.read())
    return Served(process, found[0], data, [first])


def form_key(client: httpx.Client) -> str:
    """The key of the forms of the page that the client sees."""
    found = re.search(r'name="key" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


def post(client: httpx.Client, files: list[Part] = (), text: str = "", **more: object) -> httpx.Response:  # type: ignore[assignment]
    """Hands in files and text as the page's script does."""
    data = {"key": more.pop("key", None) or form_key(client), "text": text}
    parts = [("files", (name, body)) for name, body in files] or [("files", ("", b""))]
    headers = {"Accept": "application/json", **more.pop("headers", {})}  # type: ignore[dict-item]
    return client.post("/cases", data=data, files=parts, headers=headers, **more)  # type: ignore[arg-type]


def ended(client: httpx.Client, url: str) -> dict[str, str]:
    """Follows a case's events to its end; gives the last."""
    last: dict[str, str] = {}
    with client.stream("GET", f"{url}/events") as events:
        for line in events.iter_lines():
            if line.startswith("data: "):
                last = json.loads(line.removeprefix("data: "))
    return last


def diagnosed(client: httpx.Client, files: list[Part] = (), text: str = "") -> str:  # type: ignore[assignment]
    """Hands in and waits; gives the case's path."""
    answer = post(client, files, text)
    assert answer.status_code == 201, answer.text
    url = str(answer.json()["url"])
    assert ended(client, url)["state"] == "Done"
    return url


def by_command_line(folder: Path, *paths: str, lang: str = "en", form: str = "json") -> bytes:
    """What `plegma diagnose` prints."""
    command = [sys.executable, "-m", "plegma", "diagnose", *paths, "-o", form, "--lang", lang]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout
