"""The verdict in one sentence."""

from collections.abc import Sequence

from plegma.model.diagnosis import Entity, Gap, Hypothesis, Symptom, Verdict
from plegma.model.texts import Text

_FITTING = 4
_SURE = {
    "confirmed": Text("Root cause", "根本原因"),
    "likely": Text("Likely root cause", "有力な根本原因"),
    "possible": Text("Possible root cause (not decided by this evidence)", "考えられる根本原因(この証拠だけでは決められない)"),
}


def summary_of(verdict: Verdict, hypotheses: Sequence[Hypothesis], symptoms: Sequence[Symptom], gaps: Sequence[Gap]) -> Text:
    """What a person reads first."""
    if verdict == "healthy" and hypotheses:
        return Text(f"No fault: known noise only ({hypotheses[0].title.en}).", f"異常なし。既知のノイズのみ({hypotheses[0].title.ja})。")
    if verdict == "healthy":
        return Text("Nothing wrong was found in this evidence.", "この証拠からは異常は見つからなかった。")
    if verdict == "insufficient":
        return _insufficient(hypotheses, symptoms, gaps)
    return _problem(hypotheses)


def _insufficient(hypotheses: Sequence[Hypothesis], symptoms: Sequence[Symptom], gaps: Sequence[Gap]) -> Text:
    next_en = f" Run next: {gaps[0].command}" if gaps else ""
    next_ja = f"次に実行: {gaps[0].command}" if gaps else ""
    seen = [s.text for s in symptoms] or list(dict.fromkeys(step.title for h in hypotheses for step in h.chain if step.observed))[:3]
    if not seen:
        return Text(f"Not enough evidence to say what is wrong.{next_en}", f"原因を判断するには証拠が足りない。{next_ja}")
    fits = [h.title for h in hypotheses[:_FITTING]]
    fits_en = f" Fits about equally: {'; '.join(t.en for t in fits)}." if fits else ""
    fits_ja = f"同程度にあてはまるもの: {'、'.join(t.ja for t in fits)}。" if fits else ""
    return Text(
        f"Not enough evidence for a root cause. Seen: {'; '.join(t.en for t in seen)}.{fits_en}{next_en}",
        f"根本原因を決めるには証拠が足りない。確認できたこと: {'、'.join(t.ja for t in seen)}。{fits_ja}{next_ja}",
    )


def _problem(hypotheses: Sequence[Hypothesis]) -> Text:
    top = hypotheses[0]
    also = [h for h in hypotheses[1:] if h.confidence in {"confirmed", "likely"}]
    open_ = [h for h in hypotheses[1:] if h.confidence == "possible"]
    en = f"{_SURE[top.confidence].en}: {top.title.en}{_on(top.entity, 'en')}."
    ja = f"{_SURE[top.confidence].ja}: {top.title.ja}{_on(top.entity, 'ja')}。"
    if also:
        en += f" Also: {'; '.join(h.title.en for h in also)}."
        ja += f"ほかに: {'、'.join(h.title.ja for h in also)}。"
    elif top.confidence != "confirmed" and open_:
        en += f" Not ruled out: {'; '.join(h.title.en for h in open_[:3])}."
        ja += f"否定できないもの: {'、'.join(h.title.ja for h in open_[:3])}。"
    return Text(en, ja)


def _on(entity: Entity, lang: str) -> str:
    if not entity.name or entity.name.startswith("("):
        return ""
    name = f"{entity.namespace}/{entity.name}" if entity.namespace else entity.name
    return f" ({entity.kind} {name})" if lang == "en" else f"({entity.kind} {name})"
