"""What plegma does itself of a remedy's command, and what it leaves to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.knowledge.catalog import builtin
from plegma.remedy.actions import (
    Action,
    ContinueProcess,
    CordonNode,
    DeletePod,
    DrainNode,
    MoveCheckpoint,
    ReleaseAddresses,
    RemoveSandbox,
    RestartRollout,
    RunUnit,
    UndoRollout,
)
from plegma.remedy.command_lines import actions_of

ID = "4e0c11aa77d2"


@pytest.mark.parametrize(
    ("command", "actions"),
    [
        ("kubectl -n shop delete pod web-0", [DeletePod("shop", "web-0")]),
        ("kubectl delete pod web-0", [DeletePod("default", "web-0")]),
        ("systemctl restart kubelet  # on n1", [RunUnit("restart", "kubelet")]),
        ("systemctl start containerd kubelet", [RunUnit("start", "containerd"), RunUnit("start", "kubelet")]),
        ("kill -USR1 $(pidof containerd); sleep 2; systemctl restart containerd", [RunUnit("restart", "containerd", "containerd")]),
        ("kill -USR1 $(pidof dockerd); sleep 2; systemctl restart docker  # on n1", [RunUnit("restart", "docker", "dockerd")]),
        ("kill -USR1 $(pidof dockerd); systemctl restart kubelet", [RunUnit("restart", "kubelet")]),
        ("kill -CONT $(pidof containerd)  # on n1, when ps shows STAT T", [ContinueProcess("containerd")]),
        (f"crictl rmp -f {ID}  # on n1", [RemoveSandbox(ID)]),
        ("kubectl cordon n1", [CordonNode("n1")]),
        ("kubectl uncordon n1", [CordonNode("n1", off=True)]),
        ("kubectl drain n1 --ignore-daemonsets --delete-emptydir-data", [DrainNode("n1", local_data=True)]),
        ("kubectl -n shop rollout restart deploy/web", [RestartRollout("shop", "deployment", "web")]),
        ("kubectl -n kube-system rollout restart ds kube-proxy", [RestartRollout("kube-system", "daemonset", "kube-proxy")]),
        ("kubectl -n shop rollout undo deployment/NAME", [UndoRollout("shop", "deployment", "")]),
        (
            f"mv /var/lib/dockershim/sandbox/{ID} /root/ && systemctl restart kubelet  # on n1",
            [MoveCheckpoint(ID), RunUnit("restart", "kubelet")],
        ),
    ],
)
def test_a_command_that_is_known_whole_becomes_actions(command: str, actions: list[Action]) -> None:
    assert list(actions_of(command)) == actions


@pytest.mark.parametrize(
    "command",
    [
        "",
        "reboot",
        "systemctl restart sshd",
        "systemctl stop kubelet",
        "kubectl -n shop delete pod POD",
        "kubectl -n NAMESPACE delete pod web-0",
        "kubectl -n shop delete pod web-0 --force --grace-period=0",
        "kubectl -n shop delete pod -l app=web",
        "kubectl -n shop delete pod web-0 web-1",
        "kubectl -n shop delete deployment web",
        "kubectl drain n1 --force",
        "crictl rmp -a",
        "crictl rmp SANDBOX_ID",
        f"crictl rmp {ID} | tee x",
        "kubectl -n shop delete pod web-0; rm -rf /var/lib/kubelet",
        "systemctl restart containerd && reboot",
        "kubectl -n shop delete pod $(whoami)",
        "kubectl -n shop delete pod 'web-0",
        "mv /var/lib/dockershim/sandbox/../../../etc/passwd /root/",
    ],
)
def test_what_is_not_known_whole_is_left_to_a_person(command: str) -> None:
    assert actions_of(command) == ()


def test_an_action_may_be_named_where_no_command_line_says_it() -> None:
    assert actions_of("cd /var/lib/cni/networks && grep -rl . .", "release-addresses") == (ReleaseAddresses(),)
    assert actions_of("kubectl cordon n1", "no-such-action") == ()


@given(st.text(alphabet="abz019 -;&|$(){}<>'\"/\\\n#=.", max_size=80))
def test_no_text_becomes_more_than_it_says(noise: str) -> None:
    for command in (noise, f"kubectl -n shop delete pod web-0 {noise}", f"{noise} && systemctl restart kubelet"):
        for action in actions_of(command):
            assert isinstance(action, DeletePod | RunUnit | CordonNode | DrainNode | ContinueProcess | RestartRollout | UndoRollout)
            if isinstance(action, DeletePod):
                assert action.name.replace("-", "").replace(".", "").isalnum()


def test_many_of_the_catalogs_temporary_remedies_can_be_carried_out() -> None:
    remedies = [r for mode in builtin() for r in mode.remedies if r.kind == "temporary" and r.command]
    names = {"namespace": "shop", "pod": "web-0", "node": "n1", "sandbox_id": ID}
    filled = []
    for remedy in remedies:
        command = remedy.command
        for key, value in names.items():
            command = command.replace("{" + key + "}", value)
        filled.append(actions_of(command, remedy.action))
    assert sum(map(bool, filled)) >= 60
    assert {a.name for actions in filled for a in actions if isinstance(a, DeletePod)} == {"web-0"}
    assert {r.action for mode in builtin() for r in mode.remedies} == {"", "release-addresses"}
