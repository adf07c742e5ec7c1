"""The memo, broken and mended, as `make demo-lab` shows it. One run of about 11 s."""

import re

from running import ROOT, plegma


def test_the_demo_shows_well_broken_mended_for_now_broken_again_and_mended_for_good():
    done = plegma("lab", "demo")
    assert done.code == 0
    stages = re.split(r"\n(?=\[day )", done.out.strip())
    said = [re.findall(r"plegma: (.*)", stage)[0] for stage in stages]
    assert said == ["HEALTHY", "PROBLEM", "HEALTHY", "PROBLEM", "HEALTHY", "HEALTHY"]
    assert "cni-plugin-hang-or-lock" in stages[1]
    assert "cni-plugin-hang-or-lock" in stages[3] or "stale-sandbox-checkpoint" in stages[3]
    well = [re.findall(r"(\d+) of \d+ pods are not well", stage)[0] for stage in stages]
    assert well == ["0", "5", "0", "5", "0", "0"]
    flaps = [[int(n) for n in re.findall(r"; (\d+) changes to NotReady", stage)] for stage in stages]
    assert flaps[0] == [0] * 5
    assert all(n > 5000 for n in flaps[1])
    assert all(after > before for before, after in zip(flaps[2], flaps[3], strict=True))
    assert flaps[4] == flaps[5]
    assert stages[2].count("can strike again") == 2
    assert stages[3].count("no: it came back") == 2
    assert "it holds" in stages[5]
    assert re.search(r"the plugin hung \d\d+ times since, and libcni ended each call; NotReady 0 times since", stages[5])


def test_make_demo_lab_is_that_command():
    rule = (ROOT / "Makefile").read_text(encoding="utf-8").split("demo-lab: ")[1]
    assert rule.splitlines()[1].strip() == "$(BIN)/plegma lab demo"
