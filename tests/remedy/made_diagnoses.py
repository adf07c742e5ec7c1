"""Diagnoses as the tests of fixing make them."""

from plegma.model.diagnosis import Confidence, Decision, Diagnosis, Entity, Gap, Hypothesis, Input, RemedyStep, Symptom, Verdict
from plegma.model.texts import Text

POD = Entity("Pod", "web-0", "shop", node="n1")
NODE = Entity("Node", "n1", node="n1")


def text(words: str) -> Text:
    return Text(words, words)


def remedy(command: str, risk: str = "restart", kind: str = "temporary", action: str = "") -> RemedyStep:
    return RemedyStep(
        "permanent" if kind == "permanent" else "temporary", text(f"do {command}"), command, text("some"), risk, "look", action
    )


def cause(
    name: str, *remedies: RemedyStep, entity: Entity = POD, confidence: Confidence = "likely", affected: tuple[Entity, ...] = ()
) -> Hypothesis:
    decide = (Decision("kubectl describe pod web-0", text("a line"), ()),)
    return Hypothesis(1, name, text(name), text(name), entity, affected, confidence, 1.0, (), (), decide, remedies)


def diagnosis(*hypotheses: Hypothesis, verdict: Verdict = "problem", symptoms: tuple[Entity, ...] = ()) -> Diagnosis:
    shown = (Symptom("pod-not-ready", text("not ready"), text("not ready"), symptoms, None, None, 1, ()),) if symptoms else ()
    gaps = (Gap("kubelet-log", text("the log"), "journalctl -u kubelet"),)
    return Diagnosis(verdict, text(verdict), hypotheses, shown, gaps, (), (), (Input("x", "log", 1, 1),))
