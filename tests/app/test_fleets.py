"""Many bundles are read one by one, here or by dask, and diagnosed as one cluster."""

import json
import os
import signal
import tarfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pytest

from plegma.app import dask_workers
from plegma.app.dask_workers import DaskWorkers
from plegma.app.fleets import FleetError, Here, Order, bundles_in, diagnose_fleet, summary
from plegma.evidence.read import Evidence, Limits
from plegma.model.texts import Text
from plegma.report.diagnosis_v1 import to_json

OLD, NEW = "containerd://1.6.20", "containerd://2.1.4"


def node(name: str, runtime: str, zone: str) -> str:
    conditions = [{"type": "Ready", "status": "True", "reason": "KubeletReady", "lastHeartbeatTime": "2025-03-02T08:31:00Z"}]
    labels = {"topology.kubernetes.io/zone": zone}
    status = {"conditions": conditions, "nodeInfo": {"kubeletVersion": "v1.33.1", "containerRuntimeVersion": runtime}}
    return json.dumps({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}, "status": status}, indent=2)


def kubelet(name: str, sick: bool) -> str:
    said = 'E0302 08:{m:02}:12.000000     911 pod_workers.go:1301] "Error syncing pod, skipping" err="{error}" pod="team/web-{name}"\n'
    error = (
        'failed to \\"CreatePodSandbox\\" for \\"web\\" with CreatePodSandboxError: rpc error: code = Unknown desc = failed to setup '
        'network for sandbox \\"9f\\": plugin type=\\"bridge\\" failed (add): failed to allocate for range 0: '
        "no IP addresses available in range set: 10.40.0.1-10.40.0.254"
    )
    calm = 'I0302 08:{m:02}:12.000000     911 prober.go:107] "Probe succeeded" pod="team/web-{name}"\n'
    return "".join((said if sick else calm).format(m=m % 60, error=error, name=name) for m in range(4000))


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """Six bundles of a node each; those on the old runtime have run out of addresses."""
    folder = tmp_path / "bundles"
    folder.mkdir()
    for number in range(6):
        name, sick = f"wk-{number}", number < 3
        with tarfile.open(folder / f"{name}.tar.gz", "w:gz") as archive:
            files = {"node.json": node(name, OLD if sick else NEW, "abc"[number % 3]), "kubelet.log": kubelet(name, sick)}
            for file, text in files.items():
                member = tarfile.TarInfo(f"{name}/{file}")
                member.size = len(text.encode())
                archive.addfile(member, BytesIO(text.encode()))
    return folder


def test_a_fault_that_several_nodes_share_is_one_cause_with_what_they_have_in_common(fleet: Path) -> None:
    first = diagnose_fleet([str(fleet)], Here()).diagnosis.hypotheses[0]
    assert first.cause == "host-local-ipam-exhausted"
    assert {e.name if e.kind == "Node" else e.node for e in first.affected} == {"wk-0", "wk-1", "wk-2"}
    assert [(s.attribute, s.value, s.affected, s.nodes, s.others) for s in first.spread] == [("runtime", OLD, 3, 3, 3)]


def test_dask_gives_the_same_bytes_as_one_process(fleet: Path) -> None:
    here, there = (diagnose_fleet([str(fleet)], workers).diagnosis for workers in (Here(), DaskWorkers(count=2)))
    assert to_json(here, "en") == to_json(there, "en")


class Murderer:
    """Summaries by dask, one of whose workers is killed when the first of them has come."""

    def __init__(self) -> None:
        self.killed = 0

    def summaries(self, orders: Sequence[Order]) -> Iterator[tuple[int, Evidence]]:
        workers = DaskWorkers(count=2)
        for number, one in workers.summaries(orders):
            if not self.killed:
                self.killed = self._kill()
            yield number, one

    def _kill(self) -> int:
        from distributed import default_client

        pid = next(iter(default_client().run(os.getpid).values()))
        os.kill(pid, signal.SIGKILL)
        return int(pid)


def test_nothing_is_lost_when_a_worker_is_killed_in_the_middle(fleet: Path) -> None:
    murderer = Murderer()
    found = diagnose_fleet([str(fleet)], murderer).diagnosis
    assert murderer.killed
    assert to_json(found, "en") == to_json(diagnose_fleet([str(fleet)], Here()).diagnosis, "en")


def test_a_scheduler_that_does_not_answer_is_said(fleet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_workers, "_WAIT", 1)
    with pytest.raises(FleetError, match=r"tcp://127\.0\.0\.1:1 does not answer"):
        diagnose_fleet([str(fleet)], DaskWorkers("tcp://127.0.0.1:1"))


def test_a_summary_does_not_grow_with_its_bundle(tmp_path: Path) -> None:
    (tmp_path / "kubelet.log").write_text(kubelet("a", sick=True) * 5)
    found = summary(Order(str(tmp_path / "kubelet.log"), Limits()))
    assert found.parts[0].lines == 20_000
    assert len(found.parts[0].observations) < 10


def test_a_bundle_that_cannot_be_read_is_named_and_the_rest_is_diagnosed(fleet: Path) -> None:
    (fleet / "wk-9.tar.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    answer = diagnose_fleet([str(fleet), str(fleet / "nowhere")], Here())
    assert answer.diagnosis.hypotheses[0].cause == "host-local-ipam-exhausted"
    assert any("wk-9.tar.gz" in note.en for note in answer.diagnosis.notices)


def test_progress_is_told_of_each_bundle(fleet: Path) -> None:
    told: list[str] = []
    diagnose_fleet([str(fleet)], Here(), progress=lambda name, _: told.append(name))
    assert [name.rpartition(" ")[2] for name in told] == [f"({n}/6)" for n in range(1, 7)]


@pytest.fixture
def store(fleet: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The same bundles in an S3 of one's own on loopback."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    client = boto3.client("s3")
    client.create_bucket(Bucket="support")
    for file in sorted(fleet.iterdir()):
        client.upload_file(str(file), "support", f"march/{file.name}")
    yield "s3://support/march"
    server.stop()


def test_bundles_are_read_from_an_object_store_where_they_lie(store: str) -> None:
    bundles, unlisted = bundles_in([store])
    assert bundles == [f"{store}/wk-{n}.tar.gz" for n in range(6)]
    assert not unlisted
    first = diagnose_fleet([store], Here()).diagnosis.hypotheses[0]
    assert (first.cause, first.spread[0].value) == ("host-local-ipam-exhausted", OLD)
    assert all(e.artifact.startswith(f"{store}/wk-") for step in first.chain for e in step.evidence)


def test_what_a_store_refuses_is_said(store: str) -> None:
    answer = diagnose_fleet(["s3://nobody/here", "nosuch://x/y"], Here())
    assert not answer.readable
    assert [note.en.partition(": ")[0] for note in answer.diagnosis.notices] == ["s3://nobody/here", "nosuch://x/y"]
    assert all(isinstance(note, Text) and note.ja for note in answer.diagnosis.notices)
