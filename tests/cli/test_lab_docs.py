"""What the docs type is what the lab's commands take."""

import re

import pytest
import typer.main
from running import ROOT

from plegma.cli.commands import app_for
from plegma.lab.remedies import REMEDIES
from plegma.lab.scenarios import scenarios

PAGES = ("docs/tutorials/rehearse-the-memo.md", "docs/how-to/lab.md", "docs/how-to/real-containerd.md", "README.md")
COMMANDS = typer.main.get_command(app_for(["lab"])).commands["lab"].commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES)
def test_every_lab_command_in_the_docs_is_one_with_its_options_and_its_scenario(page):
    typed = re.findall(r"plegma lab (\w+)((?: +(?:--[\w-]+(?:[ =][\w/.]+)?|[a-z][\w-]*))*)", (ROOT / page).read_text(encoding="utf-8"))
    assert typed
    for name, rest in typed:
        assert name in COMMANDS
        options = {option for param in COMMANDS[name].params for option in param.opts}
        assert set(re.findall(r"--[\w-]+", rest)) <= options
        words = re.sub(r"--[\w-]+(?:[ =][\w/.]+)?", "", rest).split()
        if words and any(param.name == "scenario" for param in COMMANDS[name].params):
            assert words[0] in scenarios()


def test_every_remedy_in_the_tutorial_is_one():
    text = (ROOT / PAGES[0]).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:delete|restart|upgrade)-\w+)", text))
    assert {"delete-pod", "restart-kubelet", "upgrade-libcni"} <= named <= set(REMEDIES)
