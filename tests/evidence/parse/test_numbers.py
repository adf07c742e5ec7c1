"""Numbers of any length and in any script are read or left, never a crash."""

import pytest

from plegma.evidence.parse.documents import parse_text
from plegma.evidence.parse.log_lines import line_event
from plegma.evidence.parse.numbers import count_or, whole_number
from plegma.evidence.parse.stamps import epoch


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("2029", 2029), ("", None), ("-1", None), ("²", None), ("9" * 19, None), ("1.5", None)]
)
def test_only_plain_digits_of_a_sane_length_are_a_number(text: str, number: int | None) -> None:
    assert whole_number(text) == number
    assert count_or(text, -7) == (-7 if number is None else number)


@pytest.mark.parametrize("digits", ["²", "9" * 5000, "٣", "1" * 400])
@pytest.mark.parametrize(
    "text",
    [
        "NAME READY STATUS RESTARTS AGE\na-0  {0}/{0}  Running  {0}  {0}d\n",
        "$ docker ps -a\nCONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES\n"
        'abcdefabcdef   x   "y"   {0} weeks ago   Exited ({0}) {0} days ago      k8s_a_b_c_d_{0}\n',
        "$ kubectl get deploy\nNAME   READY   UP-TO-DATE   AVAILABLE   AGE\na   {0}/{0}   {0}   {0}   {0}d\n",
        "$ ps -eo pid,etime,stat,args\nPID  ELAPSED STAT COMMAND\n{0}  {0}-{0}:{0}:{0} D  runc init\n",
        "Events:\n  Type  Reason  Age  From  Message\n  ----  ------  ----  ----  -------\n"
        "  Warning  BackOff  {0}s (x{0} over {0}d)  kubelet  Back-off\n",
        "Mar  2 08:21:40 wk-7 kernel: message repeated {0} times: [ boom ]\n",
        "$ find / | wc -l\n{0}\n",
        "$ df -h\nFilesystem  Size  Used Avail Use% Mounted on\n/dev/a  1G  1G  0G {0}% /\n",
        '{{"kind":"Pod","metadata":{{"name":"a"}},"status":{{"containerStatuses":[{{"restartCount":"{0}"}}]}}}}\n',
    ],
)
def test_no_table_breaks_on_strange_digits(text: str, digits: str) -> None:
    assert parse_text("pasted.txt", text.format(digits).encode())


@pytest.mark.parametrize("seconds", [float("inf"), 1e308, -1.0, float("nan")])
def test_a_time_that_cannot_be_is_no_time(seconds: float) -> None:
    assert epoch(seconds) is None


def test_a_json_line_with_an_endless_time_is_read_at_once() -> None:
    event = line_event('{"ts":17e4090370012,"msg":"boom"}', 1, "kubelet.log", "kubelet", {})
    assert event is not None
    assert event.at is None
