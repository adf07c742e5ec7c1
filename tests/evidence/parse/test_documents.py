# ruff: noqa: E501 - the output of tools stands as they print it
"""A memo is read like the outputs in it, one by one; prose is never evidence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from readings import events, kinds, observations, parts

from plegma.evidence.parse.documents import parse_text
from plegma.model.observations import ATTRS, REF_KEYS, Event, Observation, Origin, State

GET_PODS = "# kubectl get pods |grep ledger\nledger-0   0/1     CrashLoopBackOff   2029       28d\n"
DESCRIBE = (
    "# kubectl describe pods ledger-0\n(略)\n    State:          Waiting\n      Reason:       CrashLoopBackOff\n(中略)\nEvents:\n"
    "  Type     Reason      Age                  From           Message\n  ----     ------      ----                 ----           -------\n"
    "  Warning  FailedSync  8s (x1234 over 23d)  kubelet, wk-3  error determining status: rpc error: code = DeadlineExceeded\n"
)
JOURNAL = (
    "# journalctl -u kubelet\n-- Logs begin at 月 2018-11-19 12:14:46 JST, end at 月 2019-02-04 16:29:22 JST. --\n"
    ' 1月 24 01:49:36 wk-3 kubelet[900]: E0124 01:49:36.768314     900 kubelet.go:1] "boom" err="x"\n'
)
MESSAGES = (
    "# less /var/log/messages-20190113\n(略)\nJan  7 09:07:16 wk-3 kubelet: E0107 18:07:16.254903     900 generic.go:247] PLEG: boom\n"
)
CONFIG = '# cat /etc/docker/daemon.json\n{\n  "exec-opts": ["native.cgroupdriver=systemd"],\n  "storage-driver": "overlay2"\n}\n'
POD_YAML = "$ kubectl get pod ledger-0 -o yaml\nkind: Pod\nmetadata:\n  name: ledger-0\nstatus:\n  phase: Failed\n  reason: Evicted\n"
OUTPUTS = (GET_PODS, DESCRIBE, JOURNAL, MESSAGES, CONFIG, POD_YAML)
PROSE = (
    "調査メモ\n\nkubeletのログにはPLEG is not healthyとrpc error: code = Unknownが出ている。\n\n"
    "The kubelet says that the CNI plugin is not ready, and I think that is the cause.\n\n"
)


def bare(seen: Observation) -> Observation:
    return replace(seen, origin=Origin("", 0))


def test_a_memo_gives_the_same_observations_as_its_outputs_one_by_one() -> None:
    memo = PROSE + ("\n" + PROSE).join(OUTPUTS)
    assert [bare(seen) for seen in observations(memo)] == [bare(seen) for output in OUTPUTS for seen in observations(output)]


def test_observations_lead_back_to_their_lines_in_the_memo() -> None:
    memo = PROSE + DESCRIBE
    for seen in observations(memo):
        assert memo.splitlines()[seen.origin.line - 1].strip() in seen.text


def test_prose_alone_between_outputs_gives_nothing() -> None:
    memo = PROSE + GET_PODS + "\n" + PROSE + "So the error is: failed to set up the sandbox, because the plugin hangs.\n"
    assert {type(seen) for seen in observations(memo)} == {State}
    assert kinds(memo) == ["prose", "kubectl-get-pods", "prose"]


def test_prose_counts_as_blank() -> None:
    for part in parts(PROSE + GET_PODS):
        assert part.lines == part.blank + part.understood


@pytest.mark.parametrize(
    "text",
    [
        'Failed to pull image "ledger:2": rpc error: code = Unknown desc = unauthorized\n',
        "error: cannot open the file\n",
    ],
)
def test_a_file_that_holds_nothing_but_a_message_is_evidence(text: str) -> None:
    (event,) = events(text)
    assert event.component == ""
    assert event.message == text.strip()


def test_output_that_no_format_knows_is_the_shells_words() -> None:
    text = '# dbus-send --system --dest=org.freedesktop.systemd1\nFailed to open connection to "system" message bus: too many connections\n'
    (event,) = events(text)
    assert event.component == "shell"


def test_text_in_a_fence_is_output() -> None:
    text = "It says this:\n\n```\nfoo bar: cannot allocate memory\n```\n\nand I wonder why.\n"
    (event,) = events(text)
    assert event.message == "foo bar: cannot allocate memory"


def test_outputs_inside_fences_and_indented_blocks_are_read() -> None:
    indented = "".join(f"    {line}\n" for line in GET_PODS.splitlines())
    fenced = f"**What happened**:\n\n```console\n{DESCRIBE}```\n\nand then:\n\n{indented}\nThanks!\n"
    assert [bare(seen) for seen in observations(fenced)][:-1] == [bare(seen) for seen in observations(DESCRIBE)]
    assert isinstance(observations(fenced)[-1], State)


def test_a_quoted_thread_is_read_without_its_marks() -> None:
    text = "".join(f"> {line}\n" for line in (GET_PODS + DESCRIBE).splitlines())
    assert len(observations(text)) == len(observations(GET_PODS + DESCRIBE))


def test_a_message_that_was_broken_over_lines_is_one_event() -> None:
    text = "error setting label on mount source\n'/var/lib/kubelet/pods/x':\npermission denied\n"
    (event,) = events(text, artifact="dockerd.log")
    assert (event.component, event.message) == (
        "dockerd",
        "error setting label on mount source '/var/lib/kubelet/pods/x': permission denied",
    )


@pytest.mark.parametrize("output", OUTPUTS)
def test_line_ends_marks_and_colours_do_not_change_what_is_seen(output: str) -> None:
    plain = [replace(bare(seen), text="") for seen in observations(output)]
    coloured = "".join(f"\x1b[1;31m{line}\x1b[0m\n" for line in output.splitlines())
    for data in (
        output.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + output.encode(),
        output.encode("utf-16"),
        coloured.encode(),
    ):
        found = [replace(bare(seen), text="") for part in parse_text("pasted.txt", data) for seen in part.observations]
        assert found == plain


def test_a_line_that_is_no_utf_8_does_not_change_the_others() -> None:
    data = JOURNAL.encode() + "Jan 24 01:50:00 wk-3 kubelet[900]: déjà vu\n".encode("cp1252")
    found = [seen for part in parse_text("pasted.txt", data) for seen in part.observations]
    assert [bare(seen) for seen in found[:-1]] == [bare(seen) for seen in observations(JOURNAL)]
    assert isinstance(found[-1], Event)
    assert found[-1].message == "déjà vu"


PIECES = st.sampled_from(
    [line for output in OUTPUTS for line in output.splitlines()]
    + PROSE.splitlines()
    + [
        "",
        "```",
        "...",
        "{",
        "}",
        "[",
        "Name:  x",
        "State:",
        "\t",
        "  >",
        "err=<",
        "NAME   READY   STATUS   RESTARTS   AGE",
        "total 0",
        "a=b",
        "[x]",
        "● x.service",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=40), max_size=25).map("\n".join))
def test_any_mixture_of_lines_is_placed_line_by_line(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    found = parse_text("x", data)
    at = 1
    for part in found:
        assert part.first_line == at
        assert part.lines >= part.blank + part.understood >= 0
        assert part.lines - part.blank - part.understood >= len(part.missed) or len(part.missed) == 20
        at += part.lines
        for seen in part.observations:
            assert part.first_line <= seen.origin.line < at
            assert set(seen.refs) <= set(REF_KEYS)
            if isinstance(seen, State):
                assert set(seen.attrs) <= set(ATTRS[seen.kind])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    parse_text("x", data)


@pytest.mark.parametrize(
    "line",
    [
        "a" * 500_000,
        "(" * 200_000,
        "=" * 200_000,
        '{"log":"' + "\\" * 100_000,
        "[" * 100_000,
        "a=" * 100_000,
        "Mar 05 " * 50_000,
        " " * 200_000 + "x",
        "k8s_" * 50_000,
        'pod="' * 50_000,
        "a/" * 100_000,
        "x: " * 100_000,
    ],
)
def test_a_hostile_line_takes_no_time(line: str) -> None:
    assert sum(part.lines for part in parse_text("x", (line + "\nNAME\n").encode())) == 2


def test_a_code_block_that_markdown_indents_is_read_like_the_text_itself() -> None:
    for output in OUTPUTS:
        memo = "I ran this:\n\n" + "".join(f"    {line}\n" for line in output.splitlines()) + "\nand that was all.\n"
        assert [replace(bare(seen), text="") for seen in observations(memo)] == [
            replace(bare(seen), text="") for seen in observations(output)
        ]


def test_a_text_that_is_indented_as_a_whole_is_read_like_the_text_itself() -> None:
    for output in OUTPUTS:
        text = "".join(f"\t\t{line}\n" for line in output.splitlines())
        assert [replace(bare(seen), text="") for seen in observations(text)] == [
            replace(bare(seen), text="") for seen in observations(output)
        ]


def test_the_host_in_a_prompt_is_the_node_of_what_a_nodes_tool_prints() -> None:
    on_node, elsewhere = parts(
        "[root@wk-3 ~]# docker ps -a\nCannot connect to the Docker daemon\n[root@wk-3 ~]# kubectl get nodes\nerror: x\n"
    )
    assert dict(on_node.context) == {"node": "wk-3"}
    assert dict(elsewhere.context) == {}


def test_a_paragraph_that_holds_an_error_is_evidence_as_a_whole() -> None:
    text = GET_PODS.partition("\n")[2] + "\netcdserver: failed to send out heartbeat on time\netcdserver: server is likely overloaded\n"
    assert len(events(text)) == 2


@pytest.mark.parametrize(
    "line", ["{", "[", "kind: Pod", "State:  Waiting", 'E0124 01:49:36.768314   1 a.go:1] "x" err=<', "Name:  x", "", "..."]
)
def test_a_line_that_repeats_for_ever_takes_time_in_proportion(line: str) -> None:
    parts_of = parse_text("x", (line + "\n").encode() * 4000)
    assert sum(part.lines for part in parts_of) == 4000


def test_what_the_network_plugin_says_above_a_table_is_evidence_though_it_reads_like_a_sentence() -> None:
    said = 'NetworkPlugin cni failed to set up pod "ledger-0_billing" network: open /run/flannel/subnet.env: no such file or directory\n'
    assert [event.message for event in events(f"{said}\n{GET_PODS}")] == [said.strip()]


def test_a_chain_of_causes_above_a_log_is_evidence_though_it_reads_like_a_sentence() -> None:
    said = 'Error updating node status, will retry: error getting node "wk-3": Get https://api.lab:6443/api/v1/nodes/wk-3: EOF'
    log = "Jun 05 12:20:07 wk-3 kubelet[284]: E0605 12:20:07.712990     284 controller.go:149] failed to update node lease, error: EOF"
    assert events(f"{said}\n{log}\n")[0].message == said


def test_a_program_that_speaks_to_its_reader_is_no_person() -> None:
    text = "mount: /mnt/a: bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program.\n"
    assert [event.message for event in events(text)] == [text.strip()]
    assert events("We think that you might need a newer kernel, did anyone see this?\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "0/3 nodes are available: 3 Insufficient memory.",
        "The node was low on resource: ephemeral-storage. Container app was using 1Gi, which exceeds its request of 0.",
        "Allocate failed due to no healthy devices present; cannot allocate unhealthy devices lab.example/fpga, which is unexpected",
        "Out of memory: Killed process 2211 (java) total-vm:8123456kB, anon-rss:6123456kB",
        "kubelet.service: Main process exited, code=exited, status=255/n/a",
    ],
)
def test_a_known_message_between_outputs_is_evidence_without_its_row_or_header(line: str) -> None:
    table = "NAME   READY   STATUS    RESTARTS   AGE\nweb-1   0/1   Pending   0   3m\n"
    assert line in [event.message for event in events(f"{table}\n{line}\n")]


def test_a_known_message_that_was_broken_behind_a_comma_is_one_event() -> None:
    table = "NAME   READY   STATUS    RESTARTS   AGE\nweb-1   0/1   Pending   0   3m\n"
    first, rest = "0/3 nodes are available: 1 node(s) had taint {a: }, ", "that the pod didn't tolerate, 2 Insufficient cpu."
    assert f"{first}{rest}" in [event.message for event in events(f"{table}\n{first}\n{rest}\n")]
    told = events(f"{table}\nThe nodes are full, \n{rest}\n")
    assert told == []


@pytest.mark.parametrize("line", ["The pods are pending since the nodes are available again.", "The kubelet is up, memory is fine now."])
def test_a_sentence_between_outputs_is_no_evidence(line: str) -> None:
    table = "NAME   READY   STATUS    RESTARTS   AGE\nweb-1   0/1   Pending   0   3m\n"
    assert not events(f"{table}\n{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "desc = unauthorized: rpc error: code = Unknown desc = denied, you may have invalid credentials",
        "error: Error response from daemon: client version 1.24 is too old, please upgrade your client",
        'Attach volume "data" to instance "vm-1" failed -- Original Error: autorest/azure: Service returned an error. Please wait until the disk is detached',
        'Failed to pull image "web:1": toomanyrequests: You have reached your pull rate limit',
        "Error: failed to run Kubelet: running with swap on is not supported, please disable swap",
    ],
)
def test_a_program_that_asks_its_reader_after_its_own_words_is_no_person(line: str) -> None:
    assert [event.message for event in events(f"{line}\n")] == [line]


@pytest.mark.parametrize(
    "line", ["You can see rpc error: code = Unknown here", "I get toomanyrequests: what can be done", "please help: rpc error: code = 5"]
)
def test_a_person_who_quotes_a_program_stays_a_person(line: str) -> None:
    assert not events(f"{line}\n")


@pytest.mark.parametrize(
    "line",
    ["docker: Error response from daemon: the container was not made: invalid argument.", "ctr: failed to create shim task: no such file."],
)
def test_what_a_client_says_with_its_name_before_it_is_no_sentence(line: str) -> None:
    assert line in [event.message for event in events(f"{line}\nERRO[0000] error waiting for container\n")]
    assert not events("docker: it is the daemon that I would restart first, then the kubelet.\nERRO[0000] x\n")[1:]


def test_what_docker_says_over_the_edge_of_a_terminal_is_one_message() -> None:
    said = 'Error response from daemon: Cannot stop container ledger: Cannot kill container 63bfeeb2d6721e3012904b4af3beb72d66be44d4: rpc error: code = 2 desc = "no such process"'
    cut = "\n".join(said[at : at + 80] for at in range(0, len(said), 80))
    assert [event.message for event in events(f"$ docker stop ledger\n{cut}\n")] == [said]


def test_what_a_drain_says_below_its_command_is_evidence() -> None:
    refused = "Cannot evict pod as it would violate the pod's disruption budget."
    text = f'root@cp-1:~# kubectl drain wk-5\nnode/wk-5 already cordoned\nevicting pod "api-0"\nerror when evicting pod "api-0" (will retry after 5s): {refused}\n'
    assert refused in [event.message for event in events(text, "shell")][-1]
    assert events(f"root@cp-1:~# kubectl drain wk-5\nIt then says that there was an error when evicting pods: {refused}\n") == []


def test_what_nslookup_says_of_a_name_is_no_markdown() -> None:
    memo = "$ nslookup example.com\nServer:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n** server can't find example.com: SERVFAIL\n\n** a bold word **\n"
    assert [e.message for e in events(memo) if "find" in e.message] == ["** server can't find example.com: SERVFAIL"]
    assert not [e for e in events(memo) if "bold" in e.message]
