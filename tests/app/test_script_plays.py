"""How two plays of a script are held against each other."""

from dataclasses import replace

from plegma.agent.decisions import Call, Log, Post, WakeAfter
from plegma.agent.inputs import SyncPod
from plegma.agent.recorders import Happening, Series
from plegma.agent.scripts import Heard
from plegma.app.script_plays import SCRIPTS, Told, courses, differences, order
from plegma.lab import rehearsals


def said(*texts, at=1.0):
    return [Told(at + number, "web", text) for number, text in enumerate(texts)]


def test_what_repeats_is_written_once_whether_it_is_one_line_or_several():
    assert order(said("a", "b", "b", "b", "c")) == ["a", "b", "c"]
    assert order(said("a", "b", "c", "b", "c", "b", "c", "d")) == ["a", "b", "c", "d"]
    assert order(said("a", "b", "a", "c")) == ["a", "b", "a", "c"]


def test_ids_and_times_do_not_count_and_decisions_that_only_keep_time_are_left_out():
    heard = [
        Heard(1, WakeAfter(0, 0, SyncPod("web"))),
        Heard(2, Call("web", "RunPodSandbox", 1)),
        Heard(3, Post(Series(Happening("Pod", "web", "Failed", f"sandbox {'ab' * 32}: gone"), 1, 3, 3))),
        Heard(4, Log("pleg-event", {"pod": "web"})),
    ]
    assert [t.text for t in courses(heard)["web"]] == ["call RunPodSandbox 1", "event Failed: sandbox <id>: gone"]


def test_the_same_play_does_not_differ_and_another_seed_differs_by_jitter_only():
    script = SCRIPTS["plugin-hangs"]
    assert differences(script, rehearsals.play(script, 1), rehearsals.play(script, 1), 0.0) == []
    assert differences(script, rehearsals.play(script, 1), rehearsals.play(script, 2), 2.0) == []


def test_another_order_and_a_late_line_are_differences():
    script = SCRIPTS["healthy"]
    played = rehearsals.play(script)
    calls = [n for n, h in enumerate(played) if isinstance(h.decision, Call)]
    swapped = list(played)
    swapped[calls[0]], swapped[calls[2]] = (replace(played[a], decision=played[b].decision) for a, b in (calls[::2][:2], calls[::2][1::-1]))
    assert any("web, one:" in line for line in differences(script, swapped, played, 1.0))
    late = [replace(h, at=h.at + 1.5) if h.at < 2 else h for h in played]
    assert any("+1.50 s" in line for line in differences(script, late, played, 1.0))


def test_every_script_ends_as_it_should_in_virtual_time():
    for name, script in SCRIPTS.items():
        texts = [t.text for course in courses(rehearsals.play(script)).values() for t in course]
        assert any(t.startswith("call StartContainer") for t in texts), name
