"""One incident packed as each of the known bundles tells the same."""

import gzip
import json
import lzma
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
import zstandard

from plegma.evidence.read import Evidence, read_evidence
from plegma.evidence.read.layouts import is_wanted, place_of
from plegma.model.observations import Event, State

Facts = set[tuple[Any, ...]]


def facts(evidence: Evidence) -> Facts:
    """What was seen, with the context of the part, without where it stood and what only a longer name adds."""
    found: Facts = set()
    for part in evidence.parts:
        for o in part.observations:
            refs = {**part.context, **o.refs}
            who = tuple(refs.get(key, "") for key in ("namespace", "pod", "container", "node"))
            if isinstance(o, Event):
                found.add((o.component, o.reason, o.message, o.at, o.count, who))
            elif isinstance(o, State) and o.kind in {"Pod", "Node", "Condition", "Container"}:
                found.add((o.kind, json.dumps({k: v for k, v in o.attrs.items() if k != "age"}, sort_keys=True), who))
    return found


def objects(incident: Any, form: str = "json") -> dict[str, bytes]:
    make = getattr(incident, form)
    return {"pods": make("List", *incident.pods), "events": make("List", *incident.events), "nodes": make("List", *incident.nodes)}


def troubleshoot(i: Any) -> dict[str, bytes]:
    root, o = "support-bundle-2025-03-02T08_30_00", objects(i)
    bare = json.dumps([{k: v for k, v in pod.items() if k not in {"kind", "apiVersion"}} for pod in i.pods]).encode()
    return {
        f"{root}/version.yaml": b"apiVersion: troubleshoot.sh/v1beta2\nkind: SupportBundle\n",
        f"{root}/analysis.json": b'[{"name": "x", "severity": "error"}]',
        f"{root}/cluster-resources/nodes.json": o["nodes"],
        f"{root}/cluster-resources/pods/{i.namespace}.json": bare,
        f"{root}/cluster-resources/events/{i.namespace}.json": o["events"],
        f"{root}/cluster-resources/pods/logs/{i.namespace}/ledger-0/ledger-previous.log": i.app_log.encode(),
        f"{root}/host-collectors/run-host/journalctl-kubelet.txt": i.kubelet_log.encode(),
    }


def must_gather(i: Any) -> dict[str, bytes]:
    root = "must-gather.local.4711/quay-io-release"
    files = {f"{root}/cluster-scoped-resources/core/nodes/{n['metadata']['name']}.yaml": yaml.safe_dump(n).encode() for n in i.nodes}
    return files | {
        f"{root}/namespaces/{i.namespace}/core/pods.yaml": objects(i, "yaml")["pods"],
        f"{root}/namespaces/{i.namespace}/core/events.yaml": objects(i, "yaml")["events"],
        f"{root}/namespaces/{i.namespace}/pods/ledger-0/ledger/ledger/logs/previous.log": i.app_log.encode(),
        f"{root}/nodes/{i.node}/{i.node}_logs_kubelet.gz": gzip.compress(i.kubelet_log.encode()),
    }


def sosreport(i: Any) -> dict[str, bytes]:
    root, o = f"sosreport-{i.node}-2025-03-02-abcdefg", objects(i)
    commands, kubectl = f"{root}/sos_commands/kubernetes", "kubectl_--kubeconfig_.etc.kubernetes.admin.conf"
    get, inside = f"{kubectl}_get_-o_json", f"{commands}/cluster-info/{i.namespace}"
    return {
        f"{root}/etc/passwd": b"root:x:0:0\n",
        f"{root}/sos_reports/manifest.json": b"{}",
        f"{commands}/journalctl_--no-pager_--unit_kubelet": i.kubelet_log.encode(),
        f"{commands}/cluster-info/{get}_nodes": o["nodes"],
        f"{inside}/{get}_--namespace_{i.namespace}_pods": o["pods"],
        f"{inside}/{get}_--namespace_{i.namespace}_events": o["events"],
        f"{inside}/podlogs/ledger-0/{kubectl}_--namespace_{i.namespace}_logs_ledger-0_-c_ledger": i.app_log.encode(),
    }


def eks(i: Any) -> dict[str, bytes]:
    return {"./kubelet/kubelet.log": i.kubelet_log.encode(), "./system/instance-id.txt": b"i-0123456789abcdef0\n"}


def cluster_info_dump(i: Any) -> dict[str, bytes]:
    o = objects(i)
    mark = f"logs for container ledger of pod {i.namespace}/ledger-0 ===="
    return {
        "dump/nodes.json": o["nodes"],
        f"dump/{i.namespace}/pods.json": o["pods"],
        f"dump/{i.namespace}/events.json": o["events"],
        f"dump/{i.namespace}/ledger-0/logs.txt": f"==== START {mark}\n{i.app_log}==== END {mark}\n".encode(),
    }


def rancher(i: Any) -> dict[str, bytes]:
    root, o = f"{i.node}-2025-03-02_08_30_00", objects(i)
    return {
        f"{root}/journald/kubelet": i.kubelet_log.encode(),
        f"{root}/rke2/kubectl/nodes.json": o["nodes"],
        f"{root}/rke2/kubectl/pods.json": o["pods"],
        f"{root}/rke2/kubectl/events.json": o["events"],
    }


def talos(i: Any) -> dict[str, bytes]:
    return {
        f"{i.node}/service-logs/kubelet.log": i.kubelet_log.encode(),
        f"{i.node}/kubernetes-logs/{i.namespace}/ledger-exited.log": i.app_log.encode(),
        "kubernetesResources/nodes.yaml": objects(i, "yaml")["nodes"],
        "kubernetesResources/systemPods.yaml": objects(i, "yaml")["pods"],
    }


KINDS: dict[str, tuple[Callable[[Any], dict[str, bytes]], str, str, frozenset[str]]] = {
    "troubleshoot": (troubleshoot, "support-bundle-2025-03-02T08_30_00.tar.gz", "gz", frozenset()),
    "must-gather": (must_gather, "mg.zip", "zip", frozenset()),
    "sosreport": (sosreport, "sosreport-wk-7-2025-03-02-abcdefg.tar.xz", "xz", frozenset()),
    "EKS": (eks, "eks_i-0123_2025-03-02_0830-UTC_0.7.8.tar.gz", "gz", frozenset({"objects", "events", "app"})),
    "cluster-info dump": (cluster_info_dump, "dump.tar.zst", "zst", frozenset({"kubelet"})),
    "Rancher": (rancher, "wk-7-2025-03-02_08_30_00.tar.gz", "gz", frozenset({"app"})),
    "Talos": (talos, "support.zip", "zip", frozenset({"events", "app pod"})),
}
"""How each is made, its name, how it is packed, and what bundles of that kind do not hold."""


def packed(members: Mapping[str, bytes], how: str, pack_tar: Any, pack_zip: Any) -> bytes:
    if how == "zip":
        return bytes(pack_zip(members))
    data = bytes(pack_tar(members))
    return {"gz": gzip.compress, "xz": lzma.compress, "zst": zstandard.ZstdCompressor().compress}[how](data)


def expected(tmp_path: Path, incident: Any, without: frozenset[str]) -> Facts:
    """The same told by plain files."""
    who = (incident.namespace, "" if "app pod" in without else "ledger-0", "ledger")
    o = objects(incident)
    files = {"kubelet.log": incident.kubelet_log.encode()} if "kubelet" not in without else {}
    files |= {} if "objects" in without else {"pods.json": o["pods"], "nodes.json": o["nodes"]}
    files |= {} if "events" in without else {"events.json": o["events"]}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = facts(read_evidence([str(tmp_path / name) for name in files]))
    return found | (set() if "app" in without else {("pod-log", "", incident.app_log.strip(), None, 1, who)})


def without_node_of_app(found: Facts) -> Facts:
    """An application's log is on some node or on none that is known."""
    return {(*fact[:-1], fact[-1][:3]) if fact[0] == "pod-log" else fact for fact in found}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folder", [False, True], ids=["packed", "unpacked"])
def test_each_bundle_tells_the_same_as_plain_files(
    tmp_path: Path, incident: Any, pack_tar: Any, pack_zip: Any, kind: str, folder: bool
) -> None:
    make, name, how, without = KINDS[kind]
    members = make(incident)
    plain, bundle = tmp_path / "plain", tmp_path / ("support" if kind == "Talos" else "b")
    plain.mkdir()
    bundle.mkdir()
    if folder:
        for path, data in members.items():
            (bundle / path).parent.mkdir(parents=True, exist_ok=True)
            (bundle / path).write_bytes(data)
        evidence = read_evidence([str(bundle)])
    else:
        (bundle / name).write_bytes(packed(members, how, pack_tar, pack_zip))
        evidence = read_evidence([str(bundle / name)])
    assert not evidence.unreadable
    found = {fact for fact in facts(evidence) if fact[0] not in {"", "File", "Config"} and "i-0123" not in str(fact)}
    assert without_node_of_app(found) == expected(plain, incident, without)


def test_the_run_before_is_told_from_the_present_one(tmp_path: Path, pack_tar: Any, incident: Any) -> None:
    root = "cluster-resources/pods/logs/billing/ledger-0"
    (tmp_path / "b.tar").write_bytes(pack_tar({f"{root}/ledger.log": b"starting\n", f"{root}/ledger-previous.log": b"FATAL: no page\n"}))
    now, before = read_evidence([str(tmp_path / "b.tar")]).parts
    assert (now.command, before.command) == ("", "kubectl logs --previous")
    assert now.context == before.context == {"namespace": "billing", "pod": "ledger-0", "container": "ledger"}
    assert now.evidence == ("pod-log",)


def test_a_folder_of_a_known_node_s_name_holds_what_is_on_that_node(tmp_path: Path, incident: Any) -> None:
    folder = tmp_path / incident.node
    folder.mkdir()
    (tmp_path / "nodes.json").write_bytes(objects(incident)["nodes"])
    listed = {"items": [{"id": incident.sandbox, "metadata": {"name": "ledger-0"}, "state": "SANDBOX_READY"}]}
    (folder / "pods.json").write_text(json.dumps(listed))
    (part,) = (p for p in read_evidence([str(tmp_path)]).parts if p.kind == "crictl-pods")
    assert part.context == {"node": incident.node}


def test_a_bundle_of_one_node_learns_its_name_from_the_kubelet_s_log(tmp_path: Path, incident: Any, pack_tar: Any) -> None:
    ps = b"CONTAINER      IMAGE          CREATED      STATE   NAME    ATTEMPT  POD ID\n"
    row = b"abababababab1  cdcdcdcdcdcd1  2 hours ago  Exited  ledger  9        4f6d0c2b9a8e7\n"
    members = eks(incident) | {"./containerd/crictl-ps.txt": ps + row}
    (tmp_path / "eks_i-0ab1_2025_0.7.tar").write_bytes(pack_tar(members))
    parts = read_evidence([str(tmp_path / "eks_i-0ab1_2025_0.7.tar")]).parts
    assert {p.context.get("node") for p in parts} == {incident.node}


def test_what_a_collector_could_not_get_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "cluster-resources"
    folder.mkdir()
    (folder / "pods-errors.json").write_text('["pods is forbidden: User \\"x\\" cannot list resource"]')
    (folder / "jobs-errors.json").write_text("[]")
    evidence = read_evidence([str(tmp_path)])
    assert [("forbidden" in u.why.en, u.name.endswith("pods-errors.json")) for u in evidence.unreadable] == [(True, True)]


def test_an_encrypted_talos_bundle_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "support.zip.age").write_bytes(b"age-encryption.org/v1\n-> X25519 q\n---\n" + bytes(range(200)))
    (unreadable,) = read_evidence([str(tmp_path / "support.zip.age")]).unreadable
    assert "age -d" in unreadable.why.en


def test_a_sosreport_s_system_files_are_left_out() -> None:
    root = "sosreport-wk-7-2025-03-02-abcdefg.tar.xz!sosreport-wk-7-2025-03-02-abcdefg"
    assert is_wanted(f"{root}/sos_commands/crio/crictl_ps_-a")
    assert is_wanted(f"{root}/var/log/messages-20250301.gz")
    assert not is_wanted(f"{root}/etc/passwd")
    assert not is_wanted(f"{root}/sos_commands/yum/yum_list")
    assert not is_wanted("sosreport-wk-7-20190113104512/etc/passwd")
    assert is_wanted("sos-team-2025/case/kubectl.txt")


@pytest.mark.parametrize(
    ("path", "context"),
    [
        (
            "x/pods/shop9_cart-0_0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0/cart/3.log",
            {"namespace": "shop9", "pod": "cart-0", "container": "cart"},
        ),
        ("var/log/containers/cart-0_shop9_cart-" + "7d" * 32 + ".log", {"namespace": "shop9", "pod": "cart-0", "container": "cart"}),
        ("h.tar.gz!logs/longhorn-system/mgr-x2/manager.log", {"namespace": "longhorn-system", "pod": "mgr-x2", "container": "manager"}),
        ("h-2025-03-02_08_30_00/rke2/podlogs/kube-system-coredns-1-previous", {"namespace": "kube-system", "pod": "coredns-1"}),
        (
            "k8s/podlogs/k8s_cart_cart-0_shop9_0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0_4",
            {"namespace": "shop9", "pod": "cart-0", "container": "cart"},
        ),
        ("x/oc_--config_kc_-n_shop9_logs_--previous_cart-0_-c_cart", {"namespace": "shop9", "pod": "cart-0", "container": "cart"}),
        ("pod-logs/shop9.cart-0.cart.previous.log", {"namespace": "shop9", "pod": "cart-0", "container": "cart"}),
    ],
)
def test_paths_of_logs_tell_their_pod(path: str, context: dict[str, str]) -> None:
    place = place_of(path)
    assert context.items() <= dict(place.context).items()
    assert place.component == "pod-log"


def test_an_ordinary_path_tells_nothing() -> None:
    for path in ("memo.txt", "logs/dmesg.log", "a/b/describe-pods.txt", "/home/me/work/kubectl.txt"):
        assert not place_of(path).context
