"""`plegma lab real`: a fault on a containerd that is started for it."""

import signal
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.options import USAGE
from plegma.cli.output import emit, fail

if TYPE_CHECKING:
    from plegma.agent.scripts import Heard


def real(
    script: Annotated[str | None, typer.Argument(help="Which script; without one they are listed.", show_default=False)] = None,
) -> None:
    """Play a fault on a real containerd, and print what the kubelet's agent decides as it decides it.

    The containerd is started in namespaces and a folder of its own and taken down afterwards; nothing else on the machine
    is touched. Needs root, containerd, runc, containernetworking-plugins and busybox-static. The kubelet's minutes are
    played as seconds.

    Exit codes: 0 played, 2 wrong usage or not possible here, 130 and 143 ended by a signal.
    """
    from plegma.app.script_plays import SCRIPTS, CannotRunError, rehearse

    if script is None:
        width = max(map(len, SCRIPTS))
        emit("".join(f"{name:{width}}  {found.title}\n" for name, found in SCRIPTS.items()))
        return
    if script not in SCRIPTS:
        fail(f"no script {script}; `plegma lab real` lists them", USAGE)
    signal.signal(signal.SIGTERM, _end)
    try:
        rehearse(SCRIPTS[script], _tell)
    except ImportError:
        fail("a CRI client is needed: pip install 'plegma[runtime]'", USAGE)
    except CannotRunError as error:
        fail(str(error), USAGE)


def _end(number: int, _frame: object) -> None:
    """Ended from outside: what was started is taken down on the way out."""
    raise SystemExit(128 + number)


def _tell(heard: "Heard") -> None:
    from plegma.app.script_plays import told
    from plegma.evidence.secrets import mask
    from plegma.report.escapes import visible

    if one := told(heard):
        emit(visible(mask(f"{one.at:7.2f} s  {one.about:5} {one.text}")) + "\n")
