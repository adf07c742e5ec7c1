import socket

import pytest

from plegma.runtime.clients import Client
from plegma.runtime.rpc_errors import CallError


def failing(path, timeout=0.3):
    with Client(path, timeout) as client, pytest.raises(CallError) as failed:
        client.version()
    return failed.value


def test_a_missing_socket_reads_as_go_says_it(tmp_path):
    path = tmp_path / "c.sock"
    text = f'connection error: desc = "transport: Error while dialing: dial unix {path}: connect: no such file or directory"'
    assert str(failing(path)) == f"rpc error: code = Unavailable desc = {text}"


def test_a_socket_that_nobody_serves_is_refused(tmp_path):
    path = tmp_path / "c.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    assert str(failing(path)).endswith('connect: connection refused"')


def test_a_socket_that_never_answers_runs_into_the_deadline(tmp_path):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "c.sock"))
        silent.listen()
        assert str(failing(tmp_path / "c.sock")) == "rpc error: code = DeadlineExceeded desc = context deadline exceeded"


def test_a_call_on_a_closed_client_is_cancelled(tmp_path):
    client = Client(tmp_path / "c.sock", 1)
    client.close()
    with pytest.raises(CallError) as failed:
        client.version()
    assert failed.value.code == "Canceled"
