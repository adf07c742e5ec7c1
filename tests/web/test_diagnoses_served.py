"""What is handed in by HTTP gives the same bytes as the command line; evidence goes, the report stays."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from visits import CRASHING, EXAMPLE, Served, by_command_line, diagnosed, ended, form_key, post


def _parts(prefix: str = "") -> list[tuple[str, bytes]]:
    return [(prefix + file.name, file.read_bytes()) for file in sorted(EXAMPLE.iterdir())]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_files_give_the_bytes_of_the_command_line(server: Served, lang: str) -> None:
    client = server.client()
    url = diagnosed(client, _parts())
    names = [file.name for file in sorted(EXAMPLE.iterdir())]
    assert client.get(f"{url}/diagnosis.json?lang={lang}").content == by_command_line(EXAMPLE, *names, lang=lang)
    assert client.get(f"{url}/report.md?lang={lang}").content == by_command_line(EXAMPLE, *names, lang=lang, form="md")
    assert client.get(f"{url}/postmortem.md?lang={lang}").content == by_command_line(EXAMPLE, "--postmortem", *names, lang=lang, form="md")
    assert client.get(f"{url}/report.html?lang={lang}").content == by_command_line(EXAMPLE, *names, lang=lang, form="html")


def test_a_folder_keeps_its_paths(server: Served) -> None:
    client = server.client()
    url = diagnosed(client, _parts("fluentd-crashloop/"))
    assert client.get(f"{url}/diagnosis.json").content == by_command_line(EXAMPLE.parent, "fluentd-crashloop")


def test_an_archive_is_opened(server: Served, tmp_path: Path) -> None:
    packed = tmp_path / "bundle.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(EXAMPLE, "bundle")
    client = server.client()
    url = diagnosed(client, [("bundle.tar.gz", packed.read_bytes())])
    assert client.get(f"{url}/diagnosis.json").content == by_command_line(tmp_path, "bundle.tar.gz")


def test_pasted_text_gives_the_bytes_of_the_command_line_whatever_its_line_ends(server: Served, tmp_path: Path) -> None:
    (tmp_path / "pasted.txt").write_text(CRASHING)
    client = server.client()
    wanted = by_command_line(tmp_path, "pasted.txt")
    for text in (CRASHING, CRASHING.replace("\n", "\r\n")):
        assert client.get(f"{diagnosed(client, text=text)}/diagnosis.json").content == wanted


def test_evidence_is_gone_when_it_is_diagnosed_and_secrets_are_in_nothing_that_stays(server: Served) -> None:
    secret = "hunter2-and-more"
    line = (
        CRASHING + f'E0502 08:11:32.000001 1 pod_workers.go:190] Error syncing pod 1f (shop-7f9_web(1f)), skipping: "password={secret}"\n'
    )
    client = server.client()
    url = diagnosed(client, [(f"password={secret}.log", line.encode())], line)
    assert list((server.data / "incoming").glob("in-*")) == []
    for path in (url, f"{url}/report", f"{url}/diagnosis.json", f"{url}/report.md", "/"):
        assert secret not in client.get(path).text
    assert secret.encode() not in b"".join(file.read_bytes() for file in server.data.iterdir() if file.is_file())


def test_the_data_folder_is_its_owner_s_alone(server: Served) -> None:
    assert server.data.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in server.data.iterdir())


def test_the_list_is_the_browser_s_and_the_link_is_anyone_s(server: Served, mine: httpx.Client, made: str) -> None:
    other = server.client()
    assert made in mine.get("/").text
    assert made not in other.get("/").text
    assert other.get(f"{made}/report").status_code == 200
    assert f"{made}/delete" in mine.get(made).text
    assert "/delete" not in other.get(made).text
    assert len(made.rpartition("/")[2]) == 24


def test_only_who_made_a_case_deletes_it_and_then_it_is_gone(server: Served) -> None:
    mine, other = server.client(), server.client()
    url = diagnosed(mine, text=CRASHING)
    assert other.post(f"{url}/delete", data={"key": form_key(other)}).status_code == 403
    assert mine.post(f"{url}/delete", data={"key": form_key(mine)}).status_code == 303
    for path in (url, f"{url}/report", f"{url}/diagnosis.json", f"{url}/events"):
        assert mine.get(path).status_code == 404
    assert url not in mine.get("/").text


def test_no_such_case_is_told_like_one_that_was_deleted(server: Served) -> None:
    client = server.client()
    assert client.get("/cases/AAAAAAAAAAAAAAAAAAAAAAAA").status_code == 404
    assert client.get("/cases/AAAAAAAAAAAAAAAAAAAAAAAA/report", headers={"Accept": "application/json"}).json() == {
        "error": "There is no such case. It may have been deleted."
    }


def test_the_report_leads_back_to_its_case_and_is_else_the_page_of_the_command_line(mine: httpx.Client, made: str) -> None:
    served, plain = mine.get(f"{made}/report").text, mine.get(f"{made}/report.html").text
    assert f'<a href="{made}">← plegma</a>' in served
    assert served.replace(f'<span class="brand"><a href="{made}">← plegma</a></span>', '<span class="brand">plegma</span>') == plain


def test_archives_keep_to_the_limits_that_the_server_was_given(serve: Callable[..., Served]) -> None:
    client = serve("--max-bytes", "100K").client()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name in ("a.log", "b.log"):
            entry = tarfile.TarInfo(name)
            entry.size = 90_000
            archive.addfile(entry, io.BytesIO(CRASHING.encode() * 1000))
    url = diagnosed(client, [("logs.tar.gz", packed.getvalue())])
    assert any("were read in all; what follows is not read" in notice for notice in client.get(f"{url}/diagnosis.json").json()["notices"])


def test_what_nothing_can_be_read_from_is_said_to_be_too_little(server: Served) -> None:
    client = server.client()
    url = diagnosed(client, [("core.bin", b"\x7fELF" + bytes(range(256)) * 40)])
    assert client.get(f"{url}/diagnosis.json").json()["verdict"] == "insufficient"
    assert "not enough evidence" in client.get(url).text


def test_progress_is_told_while_it_is_diagnosed(server: Served) -> None:
    client = server.client()
    answer = post(client, _parts())
    page = client.get(answer.json()["url"]).text
    assert 'http-equiv="refresh"' in page or "Open the report" in page
    assert ended(client, answer.json()["url"])["text"].startswith("Likely root cause: ")


def test_pages_are_in_the_language_that_the_browser_asks_for_or_that_was_chosen(server: Served) -> None:
    client = server.client()
    assert '<html lang="ja">' in client.get("/", headers={"Accept-Language": "ja,en;q=0.8"}).text
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "de,en;q=0.8,ja;q=0.5"}).text
    assert '<html lang="ja">' in client.get("/?lang=ja").text
    assert '<html lang="ja">' in client.get("/", headers={"Accept-Language": "en"}).text


def test_entries_of_the_server_s_own_folder_give_the_bytes_of_the_command_line(serve: Callable[..., Served], tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "shop.txt").write_text(CRASHING)
    (tmp_path / "cases" / "-").write_text(CRASHING)
    (tmp_path / "cases" / ".concealed").write_text(CRASHING)
    (tmp_path / "cases" / "elsewhere").symlink_to("/etc")
    served = serve(str(tmp_path / "cases"))
    assert served.client().get("/").status_code == 401
    client = served.client(headers={"Authorization": f"Bearer {served.token}"})
    page = client.get("/").text
    assert "shop.txt" in page
    assert ".concealed" not in page
    assert "elsewhere" not in page
    for name, path in (("shop.txt", "shop.txt"), ("-", "./-")):
        answer = client.post("/folder", data={"key": form_key(client), "name": name}, headers={"Accept": "application/json"})
        ended(client, answer.json()["url"])
        assert client.get(f"{answer.json()['url']}/diagnosis.json").content == by_command_line(tmp_path / "cases", path)
    for wrong in ("../cases/shop.txt", "elsewhere", ".concealed", "", "/etc/passwd"):
        assert client.post("/folder", data={"key": form_key(client), "name": wrong}).status_code == 404
    assert (tmp_path / "cases" / "shop.txt").exists()
