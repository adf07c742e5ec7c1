"""`plegma diagnose --cluster` and `plegma collect`, as a person runs them, against a real HTTPS server."""

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_incidents import PASSWORD, incident
from recorded_apis import Faults, RecordedApi, status
from running import EXAMPLE, Run, plegma

from plegma.app.node_agents import manifest


@pytest.fixture
def api(tmp_path: Path) -> Iterator[RecordedApi]:
    with RecordedApi(Faults(incident(datetime.now(UTC))), tmp_path) as api:
        yield api


def diagnosed(api: RecordedApi, *more: str) -> Run:
    return plegma("diagnose", "--cluster", "--kubeconfig", str(api.kubeconfig), *more)


def test_a_cluster_is_diagnosed_and_no_secret_is_shown(api: RecordedApi) -> None:
    run = diagnosed(api)
    assert run.code == 0, run.err
    assert "host-local has no free address" in run.out
    assert "api/v1/events.json:" in run.out
    assert PASSWORD not in run.out + run.err
    assert "Traceback" not in run.err


def test_a_context_that_is_not_there_and_a_wrong_token_are_said_in_one_line(api: RecordedApi) -> None:
    run = diagnosed(api, "--context", "elsewhere")
    assert (run.code, run.out) == (3, "")
    assert run.err.count("\n") == 1
    assert "elsewhere" in run.err
    api.write_kubeconfig(api.kubeconfig, "expired")
    run = diagnosed(api)
    assert (run.code, run.out) == (3, "")
    assert "the credentials were not accepted" in run.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--pod", "web"], "is no NAMESPACE/NAME"),
        (["--pod", "a/b", "--node", "n"], "give one of -n, -A, --pod and --node"),
        (["--since", "yesterday"], "is no duration"),
        (["--since", "99999999d"], "is too long"),
        (["--timeout", "long"], "is no duration"),
        (["--kubeconfig", "no-such-file"], "no such kubeconfig: no-such-file"),
    ],
)
def test_wrong_flags_exit_2_and_say_what_is_right(arguments: list[str], says: str) -> None:
    run = plegma("diagnose", "--cluster", *arguments)
    assert run.code == 2
    assert says in run.err


def test_flags_of_a_cluster_without_cluster_are_refused() -> None:
    run = plegma("diagnose", EXAMPLE, "-n", "shop")
    assert run.code == 2
    assert "go with --cluster" in run.err


def test_collect_writes_a_private_file_that_diagnose_reads(api: RecordedApi, tmp_path: Path) -> None:
    out = tmp_path / "shop.tar.zst"
    run = plegma("collect", "--out", str(out), "--kubeconfig", str(api.kubeconfig), "-n", "shop")
    assert run.code == 0, run.err
    assert f"plegma diagnose {out}" in run.out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    found = json.loads(plegma("diagnose", str(out), "-o", "json").out)
    assert "host-local-ipam-exhausted" in {h["cause"] for h in found["hypotheses"]}


def test_collect_says_what_it_could_not_get(api: RecordedApi, tmp_path: Path) -> None:
    assert isinstance(api.answering, Faults)
    api.answering.add("/proxy/", status(403, "Forbidden", 'nodes "wk-2" is forbidden'))
    out = tmp_path / "shop.tar.gz"
    run = plegma("collect", "--out", str(out), "--kubeconfig", str(api.kubeconfig))
    assert run.code == 0
    assert 'resources: ["nodes/proxy"], verbs: ["get"]' in run.err


def test_collect_without_rights_writes_nothing(api: RecordedApi, tmp_path: Path) -> None:
    assert isinstance(api.answering, Faults)
    api.answering.add("/api", status(403, "Forbidden", "no"))
    out = tmp_path / "none.tar.zst"
    run = plegma("collect", "--out", str(out), "--kubeconfig", str(api.kubeconfig))
    assert run.code == 3
    assert not out.exists()


def test_what_a_node_shows_is_collected_without_secrets_and_read_again(tmp_path: Path) -> None:
    root, out = tmp_path / "root", tmp_path / "node.tar"
    log = root / "var/log/kubelet.log"
    log.parent.mkdir(parents=True)
    stamp = datetime.now(UTC)
    log.write_text(
        f'E{stamp:%m%d %H:%M:%S.%f}     812 kubelet.go:2424] "Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen '
        f'active 4m2.113s ago; threshold is 3m0s"\n'
        f'E{stamp:%m%d %H:%M:%S.%f}     812 kuberuntime_image.go:55] "Failed to pull image" err="password={PASSWORD}"\n'
    )
    nowhere = f"unix://{tmp_path}/none.sock"
    run = plegma(
        "collect", "--this-node", "--out", str(out), "--root", str(root), "--node-name", "wk-9", "--cri", nowhere, "--docker", nowhere
    )
    assert run.code == 0, run.err
    assert PASSWORD.encode() not in out.read_bytes()
    again = json.loads(plegma("diagnose", str(out), "-o", "json").out)
    assert b"PLEG is not healthy" in out.read_bytes()
    assert [i["artifact"] for i in again["inputs"] if "this-node/wk-9/" in i["artifact"]]


def test_collect_wants_a_name_that_says_the_form(api: RecordedApi, tmp_path: Path) -> None:
    assert plegma("collect", "--kubeconfig", str(api.kubeconfig)).code == 2
    run = plegma("collect", "--out", str(tmp_path / "x.rar"), "--kubeconfig", str(api.kubeconfig))
    assert run.code == 2
    assert ".tar.zst" in run.err
    assert api.targets() == []


@pytest.mark.parametrize("more", [["--cluster"], ["--context", "wk"], ["-n", "shop"]])
def test_collect_takes_a_node_or_a_cluster_and_says_so_when_given_both(tmp_path: Path, more: list[str]) -> None:
    out = tmp_path / "both.tar"
    run = plegma("collect", "--this-node", "--out", str(out), *more)
    assert run.code == 2
    assert "--cluster" in run.err
    assert not out.exists()


def test_the_node_agents_manifest_is_printed() -> None:
    run = plegma("collect", "--node-agent", "--node", "wk-1", "--image", "registry.example/plegma:9")
    assert run.out == manifest("wk-1", "registry.example/plegma:9")


def test_asking_a_cluster_imports_kr8s_only_then() -> None:
    from test_light_start import imported

    assert not {"kr8s", "httpx", "anyio", "cryptography"} & set(imported("inspect", EXAMPLE))
