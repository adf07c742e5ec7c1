# ruff: noqa: E501 - the output of tools stands as they print it
"""docker, crictl and ctr list sandboxes, containers and tasks."""

from readings import kinds, parts, states

from plegma.model.observations import Stamp

UID = "5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f7a11"


def docker(rows: list[tuple[str, str, str, str]], prompt: str = "") -> str:
    head = (
        "CONTAINER ID        IMAGE               COMMAND             CREATED             STATUS                PORTS               NAMES\n"
    )
    return (
        prompt
        + head
        + "".join(f"{i:<20}{'ledger:4':<20}{'/bin/x':<20}{created:<20}{status:<42}{name}\n" for i, created, status, name in rows)
    )


def test_docker_names_tell_sandboxes_from_containers_and_whose_they_are() -> None:
    text = docker(
        [
            ("0a1b2c3d4e5f", "3 weeks ago", "Exited (137) 2 days ago", f"k8s_ledger_ledger-0_billing_{UID}_12"),
            ("1a1b2c3d4e5f", "3 weeks ago", "Up 3 weeks", f"k8s_POD_ledger-0_billing_{UID}_1"),
            ("2a1b2c3d4e5f", "3 weeks ago", "Removal In Progress", f"k8s_side_ledger-0_billing_{UID}_0"),
        ],
        "# docker ps -a                                     [85/1657]\n",
    )
    ledger, side = states(text, "RuntimeContainer")
    assert (ledger.attrs["state"], ledger.attrs["exit_code"], ledger.attrs["attempt"]) == ("Exited", 137, 12)
    assert side.attrs["state"] == "Removal In Progress"
    assert ledger.refs["container_id"] == "0a1b2c3d4e5f"
    assert ledger.at == Stamp(age=1814400.0, grain=604800.0)
    (sandbox,) = states(text, "Sandbox")
    assert dict(sandbox.refs) == {"pod": "ledger-0", "namespace": "billing", "pod_uid": UID, "attempt": "1", "sandbox_id": "1a1b2c3d4e5f"}
    assert sandbox.attrs["state"] == "Up"


def test_names_of_1_3_with_a_hash() -> None:
    (container,) = states(
        docker([("0a1b2c3d4e5f", "1 hour ago", "Up 1 hour", f"k8s_mysql.024cadf4_ledger-0_billing_{UID}_8b4c72df")]), "RuntimeContainer"
    )
    assert (container.refs["container"], container.refs["pod"]) == ("mysql", "ledger-0")
    assert "attempt" not in container.attrs


def test_rows_that_a_grep_left_without_header() -> None:
    text = docker([("0a1b2c3d4e5f", "1 hour ago", "Created", f"k8s_ledger_ledger-0_billing_{UID}_3")]).splitlines()[1] + "\n"
    (container,) = states(text, "RuntimeContainer")
    assert (container.attrs["state"], container.refs["attempt"]) == ("Created", "3")


def test_crictl_pods_with_and_without_the_namespace_and_runtime_columns() -> None:
    text = (
        "POD ID              CREATED             STATE               NAME                NAMESPACE           ATTEMPT             RUNTIME\n"
        "4f6d0c2b9a8e7       About an hour ago   NotReady            ledger-0            billing             4                   (default)\n"
    )
    (sandbox,) = states(text, "Sandbox")
    assert dict(sandbox.attrs) == {"state": "NotReady", "status": "NotReady", "name": "ledger-0", "attempt": 4}
    assert dict(sandbox.refs) == {"pod": "ledger-0", "namespace": "billing", "sandbox_id": "4f6d0c2b9a8e7", "attempt": "4"}
    assert sandbox.at == Stamp(age=3600.0, grain=3600.0)


def test_crictl_ps_old_and_new() -> None:
    old = (
        "CONTAINER ID        IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID\n"
        "aaaa11112222b       1234567890abc       2 minutes ago       Exited              ledger              6                   d0a9b8c7d6e5f\n"
    )
    new = (
        "CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD\n"
        "aaaa11112222b       1234567890abc       2 minutes ago       Exited              ledger              6                   d0a9b8c7d6e5f       ledger-0\n"
    )
    (first,), (second,) = states(old, "RuntimeContainer"), states(new, "RuntimeContainer")
    assert first.refs["sandbox_id"] == second.refs["sandbox_id"] == "d0a9b8c7d6e5f"
    assert "pod" not in first.refs
    assert second.refs["pod"] == "ledger-0"


def test_ctr_tasks_are_containers_with_their_state() -> None:
    (task,) = states("TASK                PID      STATUS    \n4f6d0c2b9a8e7d6    12345    STOPPED\n", "RuntimeContainer")
    assert (task.attrs["state"], task.refs["container_id"]) == ("STOPPED", "4f6d0c2b9a8e7d6")


def test_all_of_them_are_the_list_of_containers() -> None:
    assert parts(docker([]))[0].evidence == ("container-list",)
    assert kinds("CONTAINER    IMAGE    RUNTIME\nabc    ledger:4    io.containerd.runc.v2\n") == ["ctr-containers"]


def test_docker_rows_that_were_wrapped_or_lost_their_gaps() -> None:
    row = ("0a1b2c3d4e5f", "3 weeks ago", "Exited (137) 2 days ago", f"k8s_ledger_ledger-0_billing_{UID}_12")
    text = docker([row, row])
    wrapped = "\n".join(line[start : start + 80] for line in text.splitlines() for start in range(0, len(line), 80)) + "\n"
    plain = "".join(" ".join(line.split()) + "\n" for line in text.splitlines())
    for form in (wrapped, plain):
        assert [dict(container.attrs) for container in states(form, "RuntimeContainer")] == [
            dict(container.attrs) for container in states(text, "RuntimeContainer")
        ]


def test_rows_of_crictl_and_df_that_a_grep_left_without_header() -> None:
    (sandbox,) = states(
        "4f6d0c2b9a8e7       3 weeks ago         NotReady            ledger-0            billing             4\n", "Sandbox"
    )
    assert (sandbox.refs["pod"], sandbox.attrs["state"]) == ("ledger-0", "NotReady")
    (container,) = states(
        "aaaa11112222b   1234567890abc   2 minutes ago   Exited   ledger   6   d0a9b8c7d6e5f   ledger-0\n", "RuntimeContainer"
    )
    assert (container.refs["sandbox_id"], container.refs["container"]) == ("d0a9b8c7d6e5f", "ledger")
    (filesystem,) = states("/dev/sda1        50G   50G   20K 100% /var/lib/docker\n", "Filesystem")
    assert filesystem.attrs["use_percent"] == 100
