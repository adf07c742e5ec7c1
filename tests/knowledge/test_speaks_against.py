# ruff: noqa: E501 - the output of tools stands as they print it
"""What a mode names as speaking against it takes its weight away; without it the answer stands."""

from plegma.engine.diagnoses import diagnose
from plegma.evidence.parse.documents import parse_text
from plegma.knowledge.catalog import builtin

HEAD = "Events:\n  Type    Reason                Age                    From                         Message\n  ----    ------                ----                   ----                         -------\n"
WAITS = "  Normal  ExternalProvisioning  114s (x4483 over 18h)  persistentvolume-controller  Waiting for a volume to be created either by the external provisioner 'disk.csi.lab.example' or manually by the system administrator.\n"
WORKS = '  Normal  Provisioning          2m39s (x307 over 18h)  disk.csi.lab.example_csi-0   External provisioner is provisioning volume for claim "shop/data"\n'


def first(text: str) -> tuple[str, str]:
    """The first cause and how sure."""
    found = diagnose(parse_text("describe.txt", text.encode()), builtin()).hypotheses[0]
    return found.cause, found.confidence


def test_a_provisioner_that_works_on_the_claim_is_running() -> None:
    assert first(HEAD + WAITS) == ("volume-provisioner-not-running", "likely")
    assert first(HEAD + WORKS + WAITS) == ("volume-provisioner-not-running", "possible")
