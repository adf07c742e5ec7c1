"""Commands are filled with the case's own names, and no name can make a command do something else."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import UID, event, link, mode, part, wall

from plegma.engine.clocks import Moment
from plegma.engine.diagnoses import diagnose
from plegma.engine.naming import bindings, entity_of, filled
from plegma.engine.neighbours import Place
from plegma.engine.scenes import scene_of
from plegma.knowledge.catalog import build
from plegma.knowledge.failure_mode import Remedy
from plegma.model.observations import Stamp
from plegma.model.texts import Text

KUBECTL = "kubectl -n {namespace} delete pod {pod}"


def test_a_template_is_filled_with_what_is_known() -> None:
    assert filled(KUBECTL, {"namespace": "shop", "pod": "web-0"}) == "kubectl -n shop delete pod web-0"


def test_what_is_not_known_stays_as_a_word_in_capitals() -> None:
    assert filled("crictl inspectp {sandbox_id}", {}) == "crictl inspectp SANDBOX_ID"


def test_an_unknown_namespace_is_left_to_kubectl() -> None:
    assert filled(KUBECTL, {"pod": "web-0"}) == "kubectl delete pod web-0"


def test_doubled_braces_are_braces() -> None:
    assert (
        filled("docker inspect -f '{{{{.State.Status}}}}' {sandbox_id}", {"sandbox_id": "4f6d"})
        == "docker inspect -f '{{.State.Status}}' 4f6d"
    )


def test_a_word_in_braces_that_is_no_placeholder_stays() -> None:
    assert filled("awk {print}", {}) == "awk {print}"


def command_for(pod: str, sandbox_id: str = "") -> str:
    """The remedy's command of a diagnosis in which a pod of this name is in trouble."""
    sick = mode(
        "sick", "cause", "Pod", "boom",
        remedies=(Remedy("temporary", Text("a", "a"), Text("r", "r"), KUBECTL + " ; ls /var/lib/x/{sandbox_id}"),),
    )  # fmt: skip
    found = diagnose([part(event("boom", pod=pod, namespace="shop", sandbox_id=sandbox_id))], build([sick]))
    return found.hypotheses[0].remedies[0].command


EVIL = [
    "x; rm -rf /",
    "$(reboot)",
    "`id`",
    "a b",
    "a|b",
    "a&b",
    "a>b",
    "--all",
    "-A",
    "a\nb",
    "a'b",
    'a"b',
    "{pod}",
    "*",
    "~root",
    "a\\b",
    "a\x00b",
    "!x",
    "#x",
]


@pytest.mark.parametrize("name", EVIL)
def test_a_name_that_is_no_name_never_stands_in_a_command(name: str) -> None:
    assert command_for(name) == "kubectl -n shop delete pod POD ; ls /var/lib/x/SANDBOX_ID"


@pytest.mark.parametrize("identity", ["../../../etc", "..", "-rf", "/; reboot"])
def test_no_id_leads_out_of_a_folder(identity: str) -> None:
    assert command_for("web-0", sandbox_id=identity) == "kubectl -n shop delete pod web-0 ; ls /var/lib/x/SANDBOX_ID"


@given(st.text(min_size=1, max_size=20))
def test_whatever_a_pod_is_called_the_command_keeps_its_words(name: str) -> None:
    words = shlex.split(command_for(name))
    assert [*words[:5], *words[6:]] == ["kubectl", "-n", "shop", "delete", "pod", ";", "ls", "/var/lib/x/SANDBOX_ID"]
    assert not words[5].startswith("-")


def test_the_window_of_a_log_command_goes_around_the_onset_in_the_evidences_zone() -> None:
    found = scene_of([part(event("x", at=wall("2025-03-02 17:00:00", 9 * 3600)))])
    onset = found.events[0].first
    assert onset is not None
    values = bindings(found, Place("", ""), [], Moment(onset.seconds, 3600.0))
    assert (values["since"], values["until"]) == ("2025-03-02 15:00:00", "2025-03-02 18:00:00")


def test_without_any_year_no_window_is_made_up() -> None:
    found = scene_of([part(event("x", at=Stamp(wall=wall("1904-03-02 17:00:00").wall, has_year=False)))])
    assert "since" not in bindings(found, Place("", ""), [], found.events[0].first)


def test_a_pods_entity_has_all_its_names() -> None:
    found = scene_of([part(event("x", pod="web-0", namespace="shop", pod_uid=UID, node="wk-7"))])
    entity = entity_of(found, mode("sick", "cause", "Pod"), Place(found.events[0].pod, "wk-7"), None)
    assert (entity.kind, entity.namespace, entity.name, entity.uid, entity.node) == ("Pod", "shop", "web-0", UID, "wk-7")


@pytest.mark.parametrize(("subject", "kind", "name"), [("Node", "Node", "wk-7"), ("Cluster", "Cluster", "")])
def test_the_entity_is_of_the_modes_own_kind(subject: str, kind: str, name: str) -> None:
    found = scene_of([part(event("x", node="wk-7"))])
    entity = entity_of(found, mode("sick", "cause", subject), Place("", "wk-7"), None)  # type: ignore[arg-type]
    assert (entity.kind, entity.name) == (kind, name)


def test_a_workloads_entity_is_named_by_the_row_that_shows_it() -> None:
    stuck = mode("stuck", "cause", "Workload", "boom", leads_to=(link("late", "cluster"),))
    lines = part(event("boom", workload="Deployment/web", namespace="shop"), event("late", line=2))
    found = diagnose([lines], build([stuck, mode("late", "symptom", "Cluster", "late")]))
    assert (found.hypotheses[0].entity.kind, found.hypotheses[0].entity.name) == ("Workload", "Deployment/web")
