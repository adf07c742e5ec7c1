"""Who is let in, and what every answer carries: hosts, origins, forms, tokens, headers, bounds."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import httpx
import pytest
from starlette.requests import Request
from starlette.types import Message
from visits import CRASHING, Served, diagnosed, ended, form_key, post

from plegma.web.handing_in import hand_in
from plegma.web.runs import Runs
from plegma.web.settings import Settings
from plegma.web.sites import RefusedError, Site
from plegma.web.stores import Store

SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
}


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:9000", "[::1]:80", "10.0.0.7", "LOCALHOST"])
def test_addresses_and_localhost_are_ours_on_any_port(server: Served, host: str) -> None:
    assert server.client().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8642", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1"])
def test_a_name_that_was_made_to_lead_to_us_is_turned_away(server: Served, host: str) -> None:
    client = server.client()
    for method, path in (("GET", "/"), ("POST", "/cases"), ("GET", "/nowhere")):
        answer = client.request(method, path, headers={"Host": host})
        assert answer.status_code in {400, 421}
        assert "plegma-browser" not in answer.text


def test_a_name_that_was_given_is_ours(serve: Callable[..., Served]) -> None:
    client = serve("--name", "Plegma.Example").client()
    assert client.get("/", headers={"Host": "plegma.example:8642"}).status_code == 200
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_right_key(server: Served, headers: dict[str, str]) -> None:
    client = server.client()
    assert post(client, text=CRASHING, headers=headers).status_code == 403


def test_a_form_of_ours_is_taken_although_our_pages_send_no_referrer(server: Served) -> None:
    client = server.client()
    for headers in ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Origin": server.base}):
        answer = post(client, text=CRASHING, headers=headers)
        assert answer.status_code == 201
        assert ended(client, answer.json()["url"])["state"] == "Done"


@pytest.mark.parametrize("path", ["/cases", "/folder", "/cases/{}/delete"])
def test_nothing_is_done_without_the_form_s_key_or_with_another_browser_s(server: Served, mine: httpx.Client, made: str, path: str) -> None:
    other = server.client()
    path = path.format(made.rpartition("/")[2])
    for key in ("", "0" * 64, form_key(other)):
        parts = {"files": ("a.txt", b"x")} if path == "/cases" else None
        assert mine.post(path, data={"key": key, "name": "x"}, files=parts).status_code == 403
    assert mine.get(made).status_code == 200


def _doors(served: Served, url: str) -> Iterator[httpx.Response]:
    """An answer of every kind."""
    client = served.client()
    for path in ("/", url, f"{url}/report", f"{url}/diagnosis.json", f"{url}/report.html", f"{url}/events", "/nowhere", "/cases"):
        yield client.get(path)
    yield client.get("/", headers={"Host": "evil.example"})
    yield client.post("/cases", headers={"Origin": "http://evil.example"})
    yield client.post("/cases", data={"key": "wrong"})


def test_every_answer_is_kept_from_caches_frames_sniffing_and_referrers(server: Served, guarded: Served, made: str) -> None:
    answers = [*_doors(server, made), guarded.client().get("/")]
    assert {answer.status_code for answer in answers} == {200, 401, 403, 404, 405, 421}
    for answer in answers:
        assert {name: answer.headers[name] for name in SAFE} == SAFE
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["base-uri"] == "'none'"
        assert policy["form-action"] in {"'none'", "'self'"}
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "server" not in answer.headers


def test_cookies_are_for_no_script_and_no_other_site(server: Served, guarded: Served) -> None:
    cookies = [
        *server.client().get("/?lang=ja").headers.get_list("set-cookie"),
        *guarded.client().get(f"/?token={guarded.token}").headers.get_list("set-cookie"),
    ]
    assert {cookie.partition("=")[0].rpartition("-")[0] for cookie in cookies} == {"plegma-browser", "plegma", "plegma-pass"}
    assert all("; HttpOnly" in cookie and "; SameSite=Strict" in cookie and "; Path=/;" in cookie for cookie in cookies)


@pytest.mark.parametrize("path", ["/", "/cases/x", "/cases/x/events", "/cases/x/report", "/nowhere", "/?token=", "/?token=wrong"])
def test_without_the_token_nothing_is_told(guarded: Served, path: str) -> None:
    answer = guarded.client().get(path)
    assert answer.status_code == 401
    assert 'action="/enter"' in answer.text
    assert guarded.client().post("/cases", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_the_token_in_the_address_becomes_a_cookie_and_leaves_the_address(guarded: Served) -> None:
    client = guarded.client()
    answer = client.get(f"/cases/x/report?token={guarded.token}&lang=ja")
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases/x/report?lang=ja")
    assert guarded.token not in "".join(answer.headers.get_list("set-cookie"))
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "///evil.example"])
def test_the_token_never_leads_to_another_site(guarded: Served, path: str) -> None:
    answer = guarded.client().get(f"{guarded.base}{path}?token={guarded.token}")
    assert answer.headers["location"].startswith("/")
    assert answer.headers["location"][1:2] not in {"/", "\\"}


def test_the_token_can_be_typed(guarded: Served) -> None:
    client = guarded.client()
    assert client.post("/enter", data={"token": "wrong"}).status_code == 401
    assert client.get("/").status_code == 401
    assert client.post("/enter", data={"token": f" {guarded.token}\n"}).status_code == 303
    assert client.get("/").status_code == 200


def test_a_program_shows_the_token_with_each_request_and_needs_no_form(guarded: Served) -> None:
    client = guarded.client(headers={"Authorization": f"Bearer {guarded.token}"})
    answer = client.post("/cases", files={"files": ("pods.txt", CRASHING.encode())}, headers={"Accept": "application/json"})
    assert answer.status_code == 201
    assert ended(client, answer.json()["url"])["state"] == "Done"


def test_a_cookie_of_another_server_opens_nothing(server: Served, guarded: Served, serve: Callable[..., Served]) -> None:
    client = guarded.client()
    client.get(f"/?token={guarded.token}")
    value = next(v for name, v in client.cookies.items() if name.startswith("plegma-pass"))
    other = serve("--token")
    port = other.base.rpartition(":")[2]
    assert other.client(cookies={f"plegma-pass-{port}": value}).get("/").status_code == 401


def _headed(served: Served) -> httpx.Client:
    return served.client(headers={"Authorization": f"Bearer {served.token}", "Accept": "application/json"})


def test_more_than_may_come_at_once_is_refused_whether_its_length_is_told_or_not(guarded: Served) -> None:
    client = _headed(guarded)
    told = client.post("/cases", files={"files": ("a.log", b"x" * 70_000)})
    assert (told.status_code, "64 KiB" in told.json()["error"]) == (413, True)
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.log"\r\n\r\n'
    body = iter([head, *[b"x" * 10_000] * 10, b"\r\n--b--\r\n"])
    untold = client.post("/cases", content=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert untold.status_code == 413
    assert list((guarded.data / "incoming").glob("in-*")) == []


def test_more_files_than_may_come_are_refused(guarded: Served) -> None:
    parts = [("files", (f"{number}.log", b"x")) for number in range(6)]
    assert "more than 5 files" in _headed(guarded).post("/cases", files=parts).json()["error"]


@pytest.mark.parametrize("body", [b"", b"--b", b'--b\r\nContent-Disposition: form-data; name="files"; filename="', b"\xff" * 500])
def test_a_broken_form_is_refused(guarded: Served, body: bytes) -> None:
    answer = _headed(guarded).post("/cases", content=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 400


def test_a_form_without_files_and_text_is_refused(server: Served) -> None:
    answer = post(server.client())
    assert (answer.status_code, answer.json()["error"]) == (400, "Nothing was handed in: choose a file or paste text.")


def test_names_that_get_in_each_other_s_way_are_refused(server: Served) -> None:
    before = set((server.data / "incoming").glob("in-*"))
    answer = post(server.client(), [("a", b"x"), ("a/b", b"y")])
    assert answer.status_code == 400
    assert set((server.data / "incoming").glob("in-*")) <= before


def test_short_forms_are_short(guarded: Served) -> None:
    assert guarded.client().post("/enter", data={"token": "x" * 100_000}).status_code == 413


def test_the_token_and_what_is_asked_for_are_not_logged(serve: Callable[..., Served]) -> None:
    served = serve("--token")
    client = served.client()
    client.get(f"/?token={served.token}")
    url = diagnosed(client, text=CRASHING)
    client.get(f"{url}/report?token={served.token}")
    client.get("/?token=wrong-token-of-someone")
    assert served.end() == 0
    later = "".join(served.printed[1:])
    assert served.token not in later
    assert "wrong-token" not in later
    assert url not in later


def test_only_a_few_are_taken_in_at_a_time_and_the_next_is_told_to_wait(serve: Callable[..., Served]) -> None:
    served = serve()
    client = served.client()
    key = form_key(client)
    address = served.base.removeprefix("http://")
    host, _, port = address.rpartition(":")
    head = f"POST /cases HTTP/1.1\r\nHost: {address}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n"
    slow = [socket.create_connection((host, int(port))) for _ in range(Settings(Path()).uploads)]
    try:
        for connection in slow:
            connection.sendall(head.encode() + b"--b\r\n")
        assert _status_within(client, key, 503) == 503
    finally:
        for connection in slow:
            connection.close()
    assert _status_within(client, key, 201) == 201


def _status_within(client: httpx.Client, key: str, wanted: int, seconds: float = 10.0) -> int:
    """The answer to a case handed in again and again until it is the one wanted."""
    until = time.monotonic() + seconds
    while (code := post(client, text=CRASHING, key=key).status_code) != wanted and time.monotonic() < until:
        time.sleep(0.05)
    return code


def test_what_does_not_arrive_in_time_is_refused(tmp_path: Path) -> None:
    site = cast(
        Site, SimpleNamespace(settings=Settings(tmp_path, upload_time=0.05), runs=Runs(Settings(tmp_path), cast(Store, None), tmp_path))
    )

    async def never() -> Message:
        await asyncio.sleep(60)
        raise AssertionError

    headers = [(b"content-type", b"multipart/form-data; boundary=b")]
    request = Request({"type": "http", "method": "POST", "path": "/cases", "query_string": b"", "headers": headers}, never)
    with pytest.raises(RefusedError, match="did not arrive") as refused:
        asyncio.run(hand_in(site, request))
    assert refused.value.status == 408
    assert not site.runs.full()
