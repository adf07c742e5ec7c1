"""The verdict in one sentence, in both languages."""

from made import causes, diagnosed, event, link, mode, part

from plegma.knowledge.failure_mode import Ask, Signature
from plegma.model.parts import Parsed
from plegma.model.texts import Text

CRASHING = mode(
    "crashing",
    "symptom",
    "Pod",
    "is crashing",
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("why", "理由"), (), "pod-describe"),),
)
SURE = mode("sure", "cause", "Pod", Signature("it is sure", proof="states"), leads_to=(link("crashing", "pod"),))
LIKELY = mode("fair", "cause", "Node", "it is fair", leads_to=(link("crashing"),))


def lines(*texts: str, pod: str = "web-0", node: str = "n1") -> Parsed:
    return part(*(event(t, line=n, pod=pod, namespace="shop", node=node) for n, t in enumerate(texts, 1)), artifact=pod)


def said(*parts: Parsed) -> tuple[str, str]:
    found = diagnosed([CRASHING, SURE, LIKELY], *parts)
    return found.summary.en, found.summary.ja


def test_a_confirmed_cause_is_named_with_its_entity() -> None:
    assert said(lines("it is sure", "is crashing")) == ("Root cause: sure (Pod shop/web-0).", "根本原因: sure(Pod shop/web-0)。")


def test_a_likely_cause_is_called_likely() -> None:
    en, ja = said(lines("it is fair", "is crashing"))
    assert en.startswith("Likely root cause: fair (Node n1).")
    assert ja.startswith("有力な根本原因: fair(Node n1)。")


def test_a_second_fault_is_named_too() -> None:
    en, ja = said(lines("it is sure", "is crashing"), lines("it is fair", "is crashing", pod="db-0", node="n2"))
    assert "Also: fair." in en
    assert "ほかに: fair。" in ja


def test_not_enough_names_what_was_seen_and_what_to_run_next() -> None:
    en, ja = said(lines("is crashing"))
    assert en.startswith("Not enough evidence for a root cause. Seen: 1 pod: crashing (web-0).")
    assert en.endswith("Run next: kubectl -n shop describe pod web-0")
    assert ja.startswith("根本原因を決めるには証拠が足りない。確認できたこと: ")
    assert ja.endswith("次に実行: kubectl -n shop describe pod web-0")


def test_nothing_at_all_asks_for_the_first_steps() -> None:
    en, ja = said()
    assert en.startswith("Not enough evidence to say what is wrong. Run next: kubectl ")
    assert "次に実行: kubectl " in ja


def test_health_is_said_plainly() -> None:
    assert said(lines("all is well")) == ("Nothing wrong was found in this evidence.", "この証拠からは異常は見つからなかった。")


def test_known_noise_is_named_as_such() -> None:
    noise = mode("noise", "cause", "Node", "usual noise", benign=True)
    found = diagnosed([noise, CRASHING], part(event("usual noise", node="n1")))
    assert causes(found) == ["noise"]
    assert found.summary == Text("No fault: known noise only (noise).", "異常なし。既知のノイズのみ(noise)。")
