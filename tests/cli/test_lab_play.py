"""The play view, run headless by textual's own pilot, and once in a real terminal. About 6 s."""

import asyncio
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Awaitable, Callable

import pytest
from running import ROOT, plegma
from textual.pilot import Pilot

from plegma.app.rehearsals import open_rehearsal
from plegma.cli.rehearse import need_textual
from plegma.cli.screens.panels import Table
from plegma.cli.screens.play_app import PlayApp
from plegma.lab.controllers import say
from plegma.lab.sessions import advance, standing

Play = Callable[[PlayApp, Pilot[None]], Awaitable[None]]
COLOUR = re.compile(rb"\x1b\[[0-9;]*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")


def screen(app: PlayApp) -> str:
    """What the screen says in words."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def play(test: Play, name: str = "healthy", size: tuple[int, int] = (80, 24), seconds: float = 900, lang: str = "en") -> PlayApp:
    """Runs the view over a rehearsal and a test over the view."""
    rehearsal = open_rehearsal(name)
    advance(rehearsal.session, seconds)
    app = PlayApp(rehearsal, lang)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await test(app, pilot)

    asyncio.run(run())
    return app


async def run_on(app: PlayApp, pilot: Pilot[None], ticks: int) -> None:
    """Lets virtual time run for some ticks, whatever the real clock says."""
    for _ in range(ticks):
        app.paused = False
        app.run_on()
    app.paused = True
    app.refresh_views()
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
def test_every_panel_and_every_key_is_on_the_screen(size):
    async def test(app, pilot):
        said = screen(app)
        for words in ("Nodes", "Pods", "Sandboxes and containers:", "Events", "kubelet log:", "PLEG AGE (LIMIT)", "no remedy yet"):
            assert words in said
        for key in ("space pause", "s step", "+ - speed", "i inject", "l lift", "r remedy", "v does it hold?", "e explain", "q quit"):
            assert key in said
        assert "healthy v1.36 [day 0 00:15] x60 paused | faults: none" in said

    play(test, size=size)


def test_pause_step_and_speed_are_keys():
    async def test(app, pilot):
        before = app.rehearsal.session.world.now
        await pilot.press("s")
        assert app.rehearsal.session.world.now == before + 1
        for _ in range(9):
            await pilot.press("plus")
        await pilot.pause()
        assert "x100000" in screen(app)
        for _ in range(9):
            await pilot.press("minus")
        await pilot.press("space")
        await pilot.pause()
        assert "x1 running" in screen(app)
        await pilot.press("space")
        await pilot.pause()
        assert "x1 paused" in screen(app)

    play(test)


def test_a_fault_is_injected_a_remedy_helps_for_now_and_another_holds():
    async def test(app, pilot):
        node = app.rehearsal.session.world.faulty[0]
        await pilot.press("i", *"containerd hangs", "enter")
        app.speed = 600
        await run_on(app, pilot, 4)
        said = screen(app)
        assert "faults: containerd-hangs" in said
        assert re.search(rf"{node} +!! NotReady +!! \S+ \(3m\) +\d+ +runs +!! container runtime is down", said)
        nodes = app.query_one("#nodes", Table)
        nodes.move_cursor(row=list(app.rehearsal.session.world.nodes).index(node))
        await pilot.press("r", *"restart-runtime", "enter")
        await run_on(app, pilot, 6)
        assert re.search(rf"~~ restart-runtime -> {node} .*: well for now", screen(app))
        await pilot.press("r", *"upgrade-runtime everywhere", "enter")
        await run_on(app, pilot, 6)
        await pilot.press("v")
        await pilot.pause()
        said = re.sub(r"[│\s]+", " ", screen(app))
        assert re.search(r"(ok upgrade-runtime|nothing was wrong)", said)
        assert "now: nothing" in said
        await pilot.press("escape")

    app = play(test, size=(100, 30))
    assert standing(app.rehearsal.session) == ()


def test_the_fault_is_lifted_by_its_key():
    async def test(app, pilot):
        await pilot.press("i", *"conntrack", "enter")
        assert standing(app.rehearsal.session) == ("conntrack",)
        await pilot.press("l", "enter")
        assert standing(app.rehearsal.session) == ()
        await pilot.press("l", "escape")

    play(test)


def test_an_explanation_is_of_the_focused_panel_in_english_or_japanese():
    async def test(app, pilot):
        await pilot.press("e")
        await pilot.pause()
        assert "relist" in screen(app)
        await pilot.press("escape", "j", "tab", "tab", "e")
        await pilot.pause()
        assert "sandbox とコンテナ" in screen(app)
        assert "pod-sandbox" in screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "一時停止" in screen(app) or "停止" in screen(app)

    play(test)


def test_the_diagnosis_is_that_of_the_evidence_as_it_stands():
    async def test(app, pilot):
        await pilot.press("d")
        await pilot.pause()
        assert "HEALTHY" in screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Nodes" in screen(app)

    play(test)


def test_a_remedy_that_cannot_be_applied_is_said_and_time_goes_on():
    async def test(app, pilot):
        for uid in list(app.rehearsal.session.world.api.pods):
            del app.rehearsal.session.world.api.pods[uid]
        await pilot.press("r", *"delete-pod", "enter")
        await pilot.pause()
        assert app.rehearsal.session.trials == []
        await run_on(app, pilot, 2)

    play(test)


def test_what_is_not_well_is_told_by_words_and_marks_and_control_characters_never_reach_the_screen():
    async def test(app, pilot):
        world = app.rehearsal.session.world
        pod = next(iter(world.api.pods.values()))
        say(world, "test", "Pod", (pod.spec.namespace, pod.spec.name, pod.spec.uid), "Odd", "\x1b[31mred\x07", True)
        app.refresh_views()
        await pilot.pause()
        said = screen(app)
        assert "!! Warning  Odd" in said
        assert "\\x1b[31mred\\x07" in said
        assert "\x1b" not in said

    play(test, size=(280, 50))


def test_without_a_terminal_it_says_what_to_do_instead():
    done = plegma("lab", "play", "healthy")
    assert done.code == 2
    assert "plegma lab run" in done.err
    assert plegma("lab", "play", "nothing").code == 2


def test_where_textual_is_not_installed_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(SystemExit):
        need_textual()
    assert "pip install 'plegma[play]'" in capsys.readouterr().err


def in_terminal(*arguments: str, keys: bytes, until: bytes, **environment: str) -> tuple[bytes, int]:
    """Runs plegma in a terminal of 80x24: what it wrote, and its exit code. `keys` are sent when `until` was written."""
    parent, child = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "COLUMNS": "80", "LINES": "24", **environment}
    run = subprocess.Popen([sys.executable, "-m", "plegma", *arguments], cwd=ROOT, stdin=child, stdout=child, stderr=child, env=env)
    os.close(child)
    written = b""
    while select.select([parent], [], [], 60)[0]:
        try:
            written += os.read(parent, 65536)
        except OSError:
            break
        if keys and until in written:
            os.write(parent, keys)
            keys = b""
    os.close(parent)
    return written, run.wait(60)


@pytest.mark.parametrize("no_color", ["", "1"])
def test_in_a_real_terminal_it_starts_and_quits_and_honours_no_color(no_color):
    environment = {"NO_COLOR": no_color} if no_color else {}
    written, code = in_terminal("lab", "play", "healthy", keys=b"q", until=b"no remedy yet", **environment)
    assert code == 0
    assert bool(COLOUR.search(written)) is not bool(no_color)
