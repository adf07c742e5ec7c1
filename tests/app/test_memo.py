"""The memo's incident, whole, from its own evidence: as files, as one memo, cut short, disguised."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from pathlib import Path

import pytest

from plegma.app.diagnosing import diagnose_paths
from plegma.model.diagnosis import Diagnosis, Entity, Evidence, Hypothesis
from plegma.model.texts import Lang
from plegma.report.diagnosis_v1 import to_json
from plegma.report.outlines import outline
from plegma.report.terminal import to_text

ROOT = Path(__file__).parents[2]
CNI, STALE = "cni-plugin-hang-or-lock", "stale-sandbox-checkpoint"
CHAIN = ("sandbox-container-missing", "pod-status-unknown", "pleg-unhealthy", "node-readiness-flapping")
TO_PODS = ("sandbox-container-missing", "pod-status-unknown", "crash-loop-back-off")
PROSE = "\n\n調査メモ\n\n昨日からfluentdの様子がおかしい。ノードも見てみる。\n\n"


@dataclass(frozen=True)
class Case:
    """An incident of this kind: its folder and what its numbers are."""

    folder: Path
    node: str
    sandbox: str
    restarts: tuple[int, ...]
    age: str
    flaps: str
    syncs: str
    ja: tuple[str, ...]
    last_start: str
    not_ready: str
    taken: str

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(str(path) for path in sorted(self.folder.glob("*.txt")) if path.name != "memo.txt")


EXAMPLE = Case(
    ROOT / "examples/fluentd-crashloop", "worker-07", "c41d9be07a35", (990, 1012, 1103, 1874, 2731), "26 d",
    "7404 changes to NotReady in 20 d, one about every 3.9 min", "103117 times in 19 d: one every 15.9 s",
    ("20 日間で NotReady へ 7404 回遷移(約 3.9 分に 1 回)", "19 日で 103117 回、つまり 15.9 秒に 1 回"),
    "2019-07-10T21:04:17+09:00", "2019-07-11T10:22:08+09:00", "2019-07-31T10:22:08+09:00",
)  # fmt: skip
SEED = Case(
    ROOT.parent / "shared/cases/seed-fluentd", "node004", "5983c305299b", (1036, 1052, 1075, 2029, 2994), "28 d",
    "8932 changes to NotReady in 24 d, one about every 3.9 min", "123314 times in 23 d: one every 16.1 s",
    ("24 日間で NotReady へ 8932 回遷移(約 3.9 分に 1 回)", "23 日で 123314 回、つまり 16.1 秒に 1 回"),
    "2019-01-11T16:26:40+09:00", "2019-01-12T14:36:43+09:00", "2019-02-05T14:36:43+09:00",
)  # fmt: skip
CASES = [case for case in (EXAMPLE, SEED) if case.folder.is_dir()]
"""The seed case stands beside the project where it is developed; elsewhere the example alone is tested."""

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)


@cache
def of(*paths: str) -> Diagnosis:
    return diagnose_paths(paths).diagnosis


@cache
def printed(case: Case, lang: Lang) -> str:
    return to_text(outline(of(*case.files), lang, verbose=True), 100_000, colour=False)


def told(entity: Entity) -> tuple[str, ...]:
    return entity.kind, entity.namespace, entity.name, entity.uid, entity.node, entity.container


def essence(diagnosis: Diagnosis) -> object:
    """All that a diagnosis says, without where its lines stood."""
    return (
        diagnosis.verdict, diagnosis.summary,
        [(h.cause, told(h.entity), h.affected, h.confidence, h.score, [o.text for o in h.against], h.decide, h.remedies,
          [(s.mode, told(s.entity), s.first, s.last, s.count, s.observed, s.notes) for s in h.chain]) for h in diagnosis.hypotheses],
        [(s.mode, s.text, s.entities, s.first, s.last, s.count) for s in diagnosis.symptoms],
        [(g.evidence, g.text, g.command) for g in diagnosis.gaps],
        [(o.at, o.grain, o.text) for o in diagnosis.onsets],
    )  # fmt: skip


def hypothesis(diagnosis: Diagnosis, cause: str) -> Hypothesis:
    return next(h for h in diagnosis.hypotheses if h.cause == cause)


def in_order(wanted: tuple[str, ...], modes: list[str]) -> bool:
    rest = iter(modes)
    return all(mode in rest for mode in wanted)


@each_case
def test_the_answer_is_the_hanging_plugin_and_the_stale_checkpoint_stands_beside_it(case: Case) -> None:
    found = of(*case.files)
    assert found.verdict == "problem"
    assert found.hypotheses[0].cause == CNI
    assert STALE in {h.cause for h in found.hypotheses}


@each_case
def test_what_no_line_shows_is_never_confirmed(case: Case) -> None:
    found = of(*case.files)
    assert {h.confidence for h in found.hypotheses} <= {"likely", "possible"}
    assert not hypothesis(found, CNI).chain[0].observed


@each_case
def test_each_of_the_two_has_a_command_that_would_decide_between_them(case: Case) -> None:
    for cause in (CNI, STALE):
        decisions = hypothesis(of(*case.files), cause).decide
        assert any({CNI, STALE} <= set(d.separates) for d in decisions)
        assert all(d.command and d.expect.en and d.expect.ja for d in decisions)


@each_case
def test_the_chain_runs_from_the_cause_to_the_symptoms(case: Case) -> None:
    modes = [step.mode for step in of(*case.files).hypotheses[0].chain]
    assert modes[0] == CNI
    assert in_order(CHAIN, modes)
    assert in_order(TO_PODS, modes)
    assert in_order(("sandbox-container-missing", "container-cannot-run", "crash-loop-back-off"), modes)


@each_case
def test_every_step_that_was_seen_has_its_mechanism_and_its_lines(case: Case) -> None:
    for step in of(*case.files).hypotheses[0].chain:
        assert step.mechanism.en
        assert step.mechanism.ja
        assert bool(step.evidence) == step.observed
        for line in step.evidence:
            assert shown_at(line)


def shown_at(line: Evidence) -> bool:
    return line.text.strip()[:20] in Path(line.artifact).read_text(encoding="utf-8").splitlines()[line.line - 1]


@each_case
def test_the_step_of_the_missing_sandbox_shows_the_sandbox_by_its_id(case: Case) -> None:
    step = next(s for s in of(*case.files).hypotheses[0].chain if s.mode == "sandbox-container-missing")
    assert all(case.sandbox in line.text for line in step.evidence)


@each_case
def test_symptoms_are_told_with_their_numbers(case: Case) -> None:
    text = " ".join(s.text.en for s in of(*case.files).symptoms)
    assert "5 fluentd pods: container in CrashLoopBackOff" in text
    assert all(str(count) in text for count in case.restarts)
    assert f"age {case.age}" in text
    assert f"{case.node}: NotReady now; {case.flaps}" in text
    assert "near PLEG's 3-minute threshold" in text


@each_case
def test_the_count_gives_a_period_and_proves_that_the_kubelet_was_not_restarted(case: Case) -> None:
    step = next(s for s in of(*case.files).hypotheses[0].chain if s.mode == "pod-status-unknown")
    notes = " ".join(note.en for note in step.notes)
    assert case.syncs in notes
    assert "the kubelet was not restarted in those" in notes


@each_case
def test_utc_and_jst_of_one_line_are_put_on_one_clock_and_said_so(case: Case) -> None:
    notes = [c for c in of(*case.files).clocks if "klog time is +9 h" in c.text.en]
    assert len(notes) == 1
    assert "the header is UTC+00:00, the klog time UTC+09:00" in notes[0].text.en
    assert "+9 時間" in notes[0].text.ja


@each_case
def test_every_time_is_shown_in_the_zone_of_the_evidence(case: Case) -> None:
    found = of(*case.files)
    assert {o.at.isoformat()[-6:] for o in found.onsets} == {"+09:00"}
    assert case.taken in " ".join(c.text.en for c in found.clocks)


@each_case
def test_the_node_became_unready_after_the_last_start_that_failed(case: Case) -> None:
    onsets = [(o.at.isoformat(), o.text.en) for o in of(*case.files).onsets]
    starts = [at for at, text in onsets if text.startswith("last start")]
    flapping = [(at, text) for at, text in onsets if "flaps" in text]
    assert starts == [case.last_start]
    assert [at for at, _ in flapping] == [case.not_ready]
    assert onsets == sorted(onsets, key=lambda onset: onset[0])
    assert next(o.grain for o in of(*case.files).onsets if "flaps" in o.text.en) == pytest.approx(86400, abs=300)


@each_case
@pytest.mark.parametrize("cause", [CNI, STALE])
def test_remedies_are_temporary_and_permanent_with_command_risk_and_check(case: Case, cause: str) -> None:
    remedies = hypothesis(of(*case.files), cause).remedies
    assert {r.kind for r in remedies} == {"temporary", "permanent"}
    assert all(r.risk.en and r.risk.ja and r.verify for r in remedies)
    assert all(r.command for r in remedies if r.kind == "temporary")
    commands = " ".join(r.command for r in remedies)
    assert "delete pod fluentd" in commands
    assert "systemctl restart kubelet" in commands


@each_case
def test_the_permanent_remedy_names_the_library_that_gives_calls_a_timeout(case: Case) -> None:
    permanent = " ".join(r.text.en for r in hypothesis(of(*case.files), CNI).remedies if r.kind == "permanent")
    assert "containernetworking/cni pull 568" in permanent


@each_case
def test_each_gap_has_one_command(case: Case) -> None:
    gaps = of(*case.files).gaps
    assert {"cni-processes", "kubelet-log", "runtime-log", "dockershim-checkpoints"} <= {gap.evidence for gap in gaps}
    assert all(gap.command and "\n" not in gap.command for gap in gaps)
    assert len({gap.evidence for gap in gaps}) == len(gaps)


@each_case
def test_commands_are_filled_with_the_names_of_the_case(case: Case) -> None:
    found = of(*case.files)
    commands = [r.command for r in found.hypotheses[0].remedies] + [g.command for g in found.gaps]
    assert not [c for c in commands for word in ("POD_UID", "SANDBOX_ID", " NODE", "{pod}") if word in c]
    assert any(case.node in command for command in commands)


@each_case
def test_japanese_says_the_same(case: Case) -> None:
    text = printed(case, "ja")
    for said in (
        "異常あり",
        "5 個: コンテナが CrashLoopBackOff",
        "PLEG の 3 分のしきい値",
        "暫定対応",
        "恒久対応",
        "決め手となる確認",
        *case.ja,
    ):
        assert said in text
    assert printed(case, "en").count("\n") == text.count("\n")


@each_case
def test_japanese_leaves_no_english_sentence_of_the_report(case: Case) -> None:
    english = {s.mechanism.en for h in of(*case.files).hypotheses for s in h.chain} | {g.text.en for g in of(*case.files).gaps}
    assert not [sentence for sentence in english if sentence in printed(case, "ja")]


@each_case
def test_one_memo_gives_the_diagnosis_of_its_files(case: Case, tmp_path: Path) -> None:
    memo = case.folder / "memo.txt"
    if not memo.exists():
        memo = tmp_path / "memo.txt"
        memo.write_text(PROSE + PROSE.join(Path(f).read_text(encoding="utf-8") for f in case.files), encoding="utf-8")
    mine, theirs = of(str(memo)), of(*case.files)
    assert essence(mine) == essence(theirs)


def ablations(case: Case) -> Iterator[tuple[str, ...]]:
    return chain(combinations(case.files, 1), combinations(case.files, 2))


ABLATIONS = [
    pytest.param(case, gone, id=f"{case.folder.name}-{'-'.join(Path(f).stem for f in gone)}") for case in CASES for gone in ablations(case)
]


@pytest.mark.parametrize(("case", "gone"), ABLATIONS)
def test_with_a_file_or_two_taken_away_no_other_cause_is_asserted(case: Case, gone: tuple[str, ...]) -> None:
    found = of(*(f for f in case.files if f not in gone))
    asserted = {h.cause for h in found.hypotheses if h.confidence != "possible"}
    assert asserted <= {CNI, STALE}
    if found.hypotheses and found.hypotheses[0].cause not in {CNI, STALE}:
        assert found.hypotheses[0].confidence == "possible"


@pytest.mark.parametrize(("case", "gone"), ABLATIONS)
def test_with_a_file_or_two_taken_away_the_answer_is_no_surer(case: Case, gone: tuple[str, ...]) -> None:
    sure = {"possible": 1, "likely": 2, "confirmed": 3}
    found, whole = of(*(f for f in case.files if f not in gone)), of(*case.files)
    assert max((sure[h.confidence] for h in found.hypotheses), default=0) <= sure[whole.hypotheses[0].confidence]
    assert found.gaps


@each_case
def test_a_list_of_pods_alone_is_not_enough_and_says_what_to_run_next(case: Case) -> None:
    found = of(str(case.folder / "kubectl-get-pods.txt"))
    assert found.verdict == "insufficient"
    assert not found.hypotheses
    assert found.gaps[0].command.startswith("kubectl ")
    assert "describe pod" in found.gaps[0].command
    assert found.gaps[0].command in found.summary.en


def renamed(case: Case, folder: Path) -> list[str]:
    files = []
    for number, path in enumerate(reversed(case.files)):
        files.append(folder / f"paste-{number}")
        files[-1].write_bytes(Path(path).read_bytes())
    return [str(f) for f in files]


@each_case
def test_shuffled_files_give_the_same_diagnosis(case: Case) -> None:
    files = list(case.files)
    for seed in range(5):
        random.Random(seed).shuffle(files)
        assert essence(of(*files)) == essence(of(*case.files))


@each_case
def test_renamed_files_give_the_same_diagnosis(case: Case, tmp_path: Path) -> None:
    assert essence(of(*renamed(case, tmp_path))) == essence(of(*case.files))


@each_case
def test_a_folder_gives_the_diagnosis_of_its_files(case: Case, tmp_path: Path) -> None:
    renamed(case, tmp_path)
    assert essence(of(str(tmp_path))) == essence(of(*case.files))


def crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def coloured(data: bytes) -> bytes:
    marked = data.replace(b"CrashLoopBackOff", b"\x1b[1;31mCrashLoopBackOff\x1b[0m").replace(b"Error", b"\x1b[31mError\x1b[m")
    return b"".join(b"\x1b[K" + line for line in marked.splitlines(keepends=True))


def with_bom(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def windows(data: bytes) -> bytes:
    """Each line in Windows-1252 that can be: the ellipsis of `docker ps` becomes one byte that is no UTF-8."""
    return b"\n".join(_windows(line) for line in data.decode().split("\n"))


def _windows(line: str) -> bytes:
    try:
        return line.encode("cp1252")
    except UnicodeEncodeError:
        return line.encode()


def powershell(data: bytes) -> bytes:
    return crlf(data).decode().encode("utf-16")


@each_case
@pytest.mark.parametrize("disguise", [crlf, coloured, with_bom, windows, powershell])
def test_line_ends_colours_and_encodings_change_nothing(case: Case, disguise: Callable[[bytes], bytes], tmp_path: Path) -> None:
    for path in case.files:
        (tmp_path / Path(path).name).write_bytes(disguise(Path(path).read_bytes()))
    assert essence(of(str(tmp_path))) == essence(of(*case.files))


@each_case
def test_the_same_input_gives_the_same_bytes_of_json_in_every_process(case: Case, tmp_path: Path) -> None:
    runs = {run_as_json(case, hash_seed, tmp_path) for hash_seed in ("0", "1", "4242")}
    assert runs == {(to_json(diagnose_paths(case.files).diagnosis, "en") + "\n").encode()}


def run_as_json(case: Case, hash_seed: str, cache_home: Path) -> bytes:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "XDG_CACHE_HOME": str(cache_home)}
    command = [sys.executable, "-m", "plegma.cli.main", "diagnose", "-o", "json", "--lang", "en", *case.files]
    return subprocess.run(command, capture_output=True, check=True, env=environment).stdout
