"""Fixtures: a real containerd (Debian's) with CNI, in its own folder and namespaces.

In a test module's conftest or itself: `from containerds import fresh_containerd, own_containerd` (tests/real is on pytest's
path). `own_containerd` is started once per module (0.3 s), `fresh_containerd` for one test. What they give is
`plegma.runtime.containerds.Containerd`:

    own.places.socket, .networks (CNI conf), .plugins (CNI bin), .cni (/var/lib/cni), .log, .root; own.pid
    own.freeze() thaw() stop() kill() start(); own.inside.run("ip", "addr") runs a program in its namespaces
    FAULTS["plugin-hangs"].begin(own, ()), .end(own, ())       plegma.runtime.faults, by name
    make_pod(own, "web", uid)                                  plegma.runtime.single_pods: sandbox id, container id
    Client(own.places.socket, timeout)                         plegma.runtime.clients: CRI calls
"""

from collections.abc import Iterator

import pytest

from plegma.runtime.containerds import Containerd, missing_programs

MISSING = missing_programs()


def needs_containerd() -> None:
    """Skips where containerd cannot run, saying what is missing."""
    if MISSING:
        pytest.skip(f"no containerd of our own: {', '.join(MISSING)} missing")


@pytest.fixture(scope="module")
def own_containerd() -> Iterator[Containerd]:
    needs_containerd()
    with Containerd() as own:
        yield own


@pytest.fixture
def fresh_containerd() -> Iterator[Containerd]:
    needs_containerd()
    with Containerd() as own:
        yield own
