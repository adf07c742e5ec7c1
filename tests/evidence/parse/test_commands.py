"""What a person typed is known by its prompt, or by being nothing else than a command."""

import pytest

from plegma.evidence.parse.commands import command_of, prompt_command


@pytest.mark.parametrize(
    "line",
    [
        "# kubectl get pods",
        "$ kubectl get pods",
        "root@wk-3:~# kubectl get pods",
        "[ops@wk-3 ~]$ kubectl get pods",
        "[root@wk-3:~]$ kubectl get pods",
        "bash-5.1# kubectl get pods",
        "minikube:~# kubectl get pods",
        "PS C:\\Users\\ops> kubectl get pods",
        "➜  ~ kubectl get pods",
        "❯ kubectl get pods",
        "kubectl get pods",
        "wk-3.example ➜  kubectl get pods",
        "[root@wk-3 ~] **kubectl get pods**:",
        "2. kubectl get pods",
        ">>> kubectl get pods",
        "# sudo KUBECONFIG=/etc/admin.conf kubectl get pods      [12/340]",
    ],
)
def test_a_prompt_in_any_style_gives_its_command(line: str) -> None:
    command = prompt_command(line)
    assert command is not None
    assert (command.program, command.words) == ("kubectl", ("get", "pods"))


@pytest.mark.parametrize(
    "line",
    [
        "# What happened",
        "kubectl describe pods shows that the pod waits",
        "docker ps でコンテナの状態を見る",
        "#subsys_name	hierarchy	num_cgroups	enabled",
        "kubectl get pods is what I ran.",
        "NAME READY STATUS",
        "E0305 08:11:02.000001       1 reflector.go:1] failed",
        'runc create failed: unable to start container process: exec: "x": not found',
        "crictl pull failed with exit status 1",
    ],
)
def test_prose_and_output_are_no_commands(line: str) -> None:
    assert prompt_command(line) is None


def test_namespace_name_and_grep_of_a_command_are_context() -> None:
    command = command_of("kubectl -n billing describe pod ledger-0 | grep ledger | grep -v x")
    assert command.namespace == "billing"
    assert command.object_name("pod", "pods", "po") == "ledger-0"
    assert command.grep == "ledger"


def test_several_names_are_no_name() -> None:
    assert command_of("kubectl describe pod a b").object_name("pod") == ""
    assert command_of("kubectl describe pod/a").object_name("pod") == "a"


def test_an_alias_that_takes_the_namespace_first_reads_as_kubectl() -> None:
    command = command_of("kns billing describe pod ledger-0")
    assert (command.program, command.namespace, command.object_name("pod")) == ("kubectl", "billing", "ledger-0")


def test_follow_takes_no_value() -> None:
    assert command_of("kubectl logs -f ledger-0").words == ("logs", "ledger-0")


def test_the_head_that_tail_puts_before_a_file_reads_as_showing_it() -> None:
    command = prompt_command("==> /var/log/messages <==")
    assert command is not None
    assert command.argv == ("tail", "/var/log/messages")


def test_watch_shows_the_command_that_it_repeats() -> None:
    command = prompt_command("Every 2.0s: kubectl get pods            wk-3: Tue Mar  5 17:12:00 2024")
    assert command is not None
    assert command.words == ("get", "pods")


def test_a_kernel_line_behind_a_prompt_is_no_command() -> None:
    assert prompt_command("root@wk-3:~# [12345.678901] EXT4-fs (sda2): Remounting filesystem read-only") is None
    assert prompt_command("root@wk-3:~# [ -e /etc/cni/net.d ] && ls /etc/cni/net.d") is not None
