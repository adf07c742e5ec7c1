"""The quiz in plain lines through a process of its own, and its view by textual's pilot. About 6 s."""

import asyncio
import os
import pty
import select
import subprocess
import sys

from running import ROOT, plegma

from plegma.app.quizzes import open_quiz
from plegma.cli.screens.quiz_app import QuizApp


def lines(*said: str) -> str:
    return "".join(f"{line}\n" for line in said)


def test_in_plain_lines_the_learner_lists_looks_searches_and_names_the_cause():
    done = plegma(
        "lab", "quiz", "ipam-full", "--plain", "--seed", "5",
        stdin=lines("list", "events", "search ipam exhausted", "explain ipam", "cause host local ipam exhausted"),
    )  # fmt: skip
    assert done.code == 0
    assert "kubectl get events -A" in done.out
    assert "no IP addresses available in range set" in done.out
    assert "outputs asked for: 1" in done.out
    assert "host-local-ipam-exhausted: " in done.out
    assert "RIGHT: host-local-ipam-exhausted is the cause." in done.out
    assert "You asked for 1 outputs; the shortest path has 1." in done.out
    assert done.out.rstrip().endswith("$ kubectl get events -A")


def test_a_wrong_cause_gets_the_true_one_and_the_path_to_it():
    done = plegma("lab", "quiz", "conntrack", "--plain", "--seed", "5", stdin=lines("1", "2", "3", "cause etcd-no-space"))
    assert done.code == 0 or "no failure mode" in done.out
    done = plegma("lab", "quiz", "conntrack", "--plain", "--seed", "5", stdin=lines("1", "2", "3", "cause app-oomkilled"))
    assert "WRONG: it is not app-oomkilled. The true cause is conntrack-table-full." in done.out
    assert "You asked for 3 outputs; the shortest path has 1." in done.out
    assert done.out.rstrip().endswith("dmesg")


def test_words_that_name_nothing_are_answered_and_the_quiz_goes_on():
    done = plegma("lab", "quiz", "--seed", "3", "--plain", stdin=lines("kubectl top", "cause something", "describe pod", "", "quit"))
    assert done.code == 4
    assert "no output is called so" in done.out
    assert "no failure mode is called so" in done.out
    assert "several outputs fit:" in done.out


def test_in_japanese_it_speaks_japanese():
    done = plegma("lab", "quiz", "quota", "--seed", "3", "--lang", "ja", stdin=lines("3", "cause resource-quota-exceeded"))
    assert "正解" in done.out
    assert "最短経路" in done.out


def test_a_scenario_that_there_is_not_or_a_version_it_cannot_have_is_wrong_usage():
    assert plegma("lab", "quiz", "nothing", "--plain").code == 2
    assert plegma("lab", "quiz", "kubelet-swap", "--profile", "v1.12", "--plain").code == 2


def test_on_a_terminal_plain_lines_have_a_prompt():
    parent, child = pty.openpty()
    env = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    command = [sys.executable, "-m", "plegma", "lab", "quiz", "no-cpu", "--plain", "--seed", "1"]
    run = subprocess.Popen(command, cwd=ROOT, stdin=child, stdout=child, stderr=child, env=env)
    os.close(child)
    written, keys = b"", [b"events\n", b"cause unschedulable insufficient cpu\n"]
    while select.select([parent], [], [], 60)[0]:
        try:
            written += os.read(parent, 65536)
        except OSError:
            break
        if keys and written.endswith(b"> "):
            os.write(parent, keys.pop(0))
    os.close(parent)
    assert run.wait(60) == 0
    assert b"3 Insufficient cpu" in written
    assert b"RIGHT: unschedulable-insufficient-cpu" in written


def screen(app: QuizApp) -> str:
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def test_in_the_view_outputs_are_shown_and_counted_and_the_answer_ends_it():
    app = QuizApp(open_quiz(5, "ipam-full"), "en")

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            said = screen(app)
            for words in ("outputs asked for: 0", "kubectl get pods -A -o wide", "c name the cause", "q quit"):
                assert words in said
            await pilot.press("down", "down", "enter")
            await pilot.pause()
            assert "outputs asked for: 1" in screen(app)
            assert "FailedCreatePodSandBox" in screen(app)
            await pilot.press("e", *"host-local", "enter")
            await pilot.pause()
            assert "host-local" in screen(app)
            await pilot.press("escape", "c", *"host ipam exhausted", "enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert "RIGHT: host-local-ipam-exhausted" in screen(app)
            await pilot.press("escape")
            await pilot.pause()

    asyncio.run(run())
    assert app.return_value is True
