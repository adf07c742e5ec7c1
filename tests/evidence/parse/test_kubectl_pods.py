# ruff: noqa: E501 - the output of tools stands as they print it
"""`kubectl get pods` in all its widths."""

from readings import kinds, parts, states

from plegma.model.observations import Stamp

WIDE = """\
$ kubectl get pods -A -o wide
NAMESPACE   NAME       READY   STATUS             RESTARTS       AGE   IP          NODE   NOMINATED NODE   READINESS GATES
billing     ledger-0   0/2     CrashLoopBackOff   57 (12s ago)   9h    10.80.7.3   wk-3   <none>           <none>
billing     ledger-1   2/2     Running            0              3d    <none>      <none>   <none>         <none>
"""


def test_a_wide_table_with_namespaces() -> None:
    first, second = states(WIDE, "Pod")
    assert dict(first.attrs) == {
        "status": "CrashLoopBackOff",
        "ready": 0,
        "containers": 2,
        "restarts": 57,
        "restarted": 12.0,
        "age": 32400.0,
        "ip": "10.80.7.3",
    }
    assert dict(first.refs) == {"namespace": "billing", "pod": "ledger-0", "node": "wk-3"}
    assert first.at == Stamp(age=0.0)
    assert first.origin.line == 3
    assert "node" not in second.refs


def test_a_row_without_header_is_known_by_its_shape() -> None:
    (pod,) = states("ledger-0                 0/1     Init:CrashLoopBackOff   1036       28d\n", "Pod")
    assert pod.attrs["status"] == "Init:CrashLoopBackOff"
    assert pod.attrs["restarts"] == 1036


def test_a_namespaced_row_without_header() -> None:
    (pod,) = states("kube-system   coredns-77-x   1/1   Running   4 (73s ago)   11m\n", "Pod")
    assert (pod.refs["namespace"], pod.refs["pod"]) == ("kube-system", "coredns-77-x")


def test_the_pattern_of_a_grep_names_the_workload() -> None:
    (pod,) = states("# kubectl get pods -n billing | grep ledger\nledger-0   0/1     Error   3       28d\n", "Pod")
    assert dict(pod.refs) == {"namespace": "billing", "pod": "ledger-0", "workload": "ledger"}


def test_columns_in_any_order_and_names_with_their_kind() -> None:
    (pod,) = states("STATUS   NAME           NODE   RESTARTS\nFailed   pod/ledger-0   wk-3   2\n", "Pod")
    assert dict(pod.attrs) == {"status": "Failed", "restarts": 2}
    assert pod.refs["pod"] == "ledger-0"


def test_a_table_that_lost_its_columns() -> None:
    (pod,) = states("NAME READY STATUS RESTARTS AGE\nledger-0 0/1 ContainerCreating 0 2m\n", "Pod")
    assert pod.attrs["status"] == "ContainerCreating"


def test_a_status_of_several_words_is_one_cell() -> None:
    head = "NAME       READY   STATUS                    RESTARTS   AGE\n"
    row = "ledger-0   0/1     Topology Affinity Error   0          4m\n"
    for text in (head + row, row, "NAME READY STATUS RESTARTS AGE\nledger-0 0/1 Topology Affinity Error 0 4m\n"):
        (pod,) = states(text, "Pod")
        assert (pod.attrs["status"], pod.attrs["restarts"]) == ("Topology Affinity Error", 0)
    assert states("ledger-0   0/1     Topology affinity is   0   off\n", "Pod") == []


def test_rows_that_the_terminal_wrapped_are_one_row() -> None:
    table = (
        "NAME                               READY   STATUS             RESTARTS         AGE   IP          NODE",
        "ledger-with-a-rather-long-name-0   0/1     CrashLoopBackOff   12 (3m41s ago)   47m   10.80.7.3   wk-3",
        "ledger-with-a-rather-long-name-1   0/1     CrashLoopBackOff   11 (2m11s ago)   46m   10.80.7.4   wk-4",
    )
    wrapped = "\n".join(row[start : start + 80] for row in table for start in range(0, len(row), 80))
    pods = states(wrapped + "\n", "Pod")
    assert [(pod.attrs["age"], pod.refs["node"]) for pod in pods] == [(2820.0, "wk-3"), (2760.0, "wk-4")]


def test_an_elision_between_rows_does_not_end_the_table() -> None:
    text = "NAME       READY   STATUS    RESTARTS   AGE\nledger-0   1/1     Running   0          9h\n(略)\nledger-9   1/1     Running   0          9h\n"
    assert len(states(text, "Pod")) == 2
    assert kinds(text) == ["kubectl-get-pods"]


def test_prose_below_a_table_is_not_part_of_it() -> None:
    assert kinds(WIDE + "So the first one does not come up.\n") == ["kubectl-get-pods", "prose"]


def test_the_part_says_what_evidence_it_is() -> None:
    (part,) = parts(WIDE)
    assert part.evidence == ("pod-list",)
    assert part.command == "kubectl get pods -A -o wide"
    assert (part.lines, part.understood, part.blank) == (4, 4, 0)
