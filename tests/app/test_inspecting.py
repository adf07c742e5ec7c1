"""What each line was taken for: whole cases held against golden pages, and the counts that must add up."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from plegma.app.inspecting import inspect_paths
from plegma.evidence.read import Limits
from plegma.model.inspection import InspectedPart, Inspection, Named
from plegma.model.texts import Lang
from plegma.report.inspection_v1 import view
from plegma.report.inspections import inspection_outline
from plegma.report.terminal import to_text

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
SHARED = ROOT.parent / "shared/cases"
EXAMPLE = "examples/fluentd-crashloop"
ENOUGH = 0.98
"""Of all lines that are neither blank nor prose, so many must be placed in a format."""
UNDATED = "E0124 01:49:36.768314   10796 kubelet.go:1766] skipping pod synchronization - [PLEG is not healthy]\n"


def held(name: str, page: str) -> None:
    """The page must be the golden one; PLEGMA_GOLDEN=write makes it so, for a person to look at in the diff."""
    golden = GOLDEN / name
    if os.environ.get("PLEGMA_GOLDEN") == "write":
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")


def shape(inspection: Inspection) -> str:
    """Everything but names and text: what may be kept of other people's evidence."""
    artifacts = [
        {"counts": counts(a.entities), "clocks": [(c.offset, c.assumed) for c in a.clocks], "parts": [part(p) for p in a.parts]}
        for a in inspection.artifacts
    ]
    return json.dumps(artifacts, indent=1, ensure_ascii=False, default=str) + "\n"


def part(of: InspectedPart) -> Mapping[str, object]:
    reading, span = of.reading, of.span
    return {
        "kind": of.kind, "first_line": of.first_line, "lines": reading.lines, "blank": reading.blank, "understood": reading.understood,
        "missed": reading.missed, "span": span and f"{span.begins} - {span.ends}", "events": of.events, "states": of.states,
        "counts": counts(of.entities), "evidence": of.evidence, "components": of.components,
    }  # fmt: skip


def counts(entities: tuple[Named, ...]) -> Mapping[str, int]:
    return {named.kind: named.count for named in entities}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_example_is_inspected_as_the_golden_page_says(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = to_text(inspection_outline(inspect_paths([EXAMPLE]), lang), 120, colour=False)
    held(f"inspect-fluentd-crashloop.{lang}.txt", page)


def test_the_memo_is_inspected_as_its_golden_shape_says() -> None:
    memo = SHARED / "seed-fluentd/memo.txt"
    if not memo.is_file():
        pytest.skip(f"{memo} stands beside the project only where that is developed")
    held("inspect-seed-memo.json", shape(inspect_paths([str(memo)])))


def test_nearly_every_line_of_the_shared_cases_is_understood() -> None:
    inspection = inspect_paths([str(SHARED if SHARED.is_dir() else ROOT / "cases")])
    reading = inspection.reading
    misses = [f"{a.artifact}: {a.reading.missed}" for a in inspection.artifacts if a.reading.misses]
    assert reading.understood >= ENOUGH * (reading.lines - reading.blank) > 0, "\n".join(misses)


def test_counts_of_parts_add_up_to_those_of_artifacts_and_totals() -> None:
    inspection = inspect_paths([str(ROOT / EXAMPLE)])
    for artifact in inspection.artifacts:
        text = Path(artifact.artifact).read_text(encoding="utf-8")
        assert artifact.reading.lines == sum(p.reading.lines for p in artifact.parts) == len(text.splitlines())
        assert artifact.reading.understood + artifact.reading.blank + artifact.reading.misses == artifact.reading.lines
    assert inspection.reading.lines == sum(a.reading.lines for a in inspection.artifacts)


def test_prose_counts_as_blank_and_truth_and_readmes_are_no_evidence(tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text("The collector pods have been restarting since Monday, and I do not know why.\n\n# df -h\n")
    (tmp_path / "truth.json").write_text("{}")
    (tmp_path / "README.md").write_text("what this is")
    inspection = inspect_paths([str(tmp_path)])
    assert [Path(a.artifact).name for a in inspection.artifacts] == ["memo.txt"]
    first = inspection.artifacts[0].parts[0]
    assert (first.kind, first.reading.blank, first.reading.understood) == ("prose", first.reading.lines, 0)


def test_an_empty_file_is_listed_and_what_cannot_be_read_is_named_with_why(tmp_path: Path) -> None:
    (tmp_path / "empty.log").write_text("")
    (tmp_path / "core").write_bytes(b"\x7fELF" + bytes(range(256)) * 40)
    inspection = inspect_paths([str(tmp_path)])
    assert [(Path(a.artifact).name, a.parts) for a in inspection.artifacts] == [("empty.log", ())]
    assert [Path(u.artifact).name for u in inspection.unread] == ["core"]
    assert inspection.unread[0].why.en


def test_what_is_output_in_no_known_format_is_counted_apart(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("$ frobnicate --all\nfrobnication failed on 3 of 7\n$ kubectl get pods\nNo resources found\n")
    inspection = inspect_paths([str(tmp_path)])
    assert 0 < inspection.free <= inspection.reading.understood


def test_limits_are_kept(tmp_path: Path) -> None:
    (tmp_path / "kubelet.log").write_text(UNDATED * 100)
    inspection = inspect_paths([str(tmp_path)], Limits(member=2000))
    assert inspection.reading.lines < 100
    assert len(inspection.unread) == 1


def test_where_no_text_names_a_year_times_have_none(tmp_path: Path) -> None:
    (tmp_path / "kubelet.log").write_text(UNDATED)
    inspection = inspect_paths([str(tmp_path)])
    assert not inspection.dated
    assert "at 01-24 01:49:36\n" in to_text(inspection_outline(inspection, "en"), 120, colour=False)
    assert view(inspection, "en").totals.begins is None


def test_a_clock_says_what_was_assumed(tmp_path: Path) -> None:
    (tmp_path / "pods.txt").write_text("NAME   READY  STATUS   RESTARTS  AGE\nweb-0  1/1    Running  0         3d\n")
    (tmp_path / "kubelet.log").write_text("2024-05-02T17:11:32+09:00 node-a kubelet[812]: " + UNDATED)
    parts = {Path(a.artifact).name: a.parts[0] for a in inspect_paths([str(tmp_path)]).artifacts}
    log, pods = parts["kubelet.log"].clock, parts["pods.txt"].clock
    assert log is not None
    assert pods is not None
    assert (log.offset, log.offset_assumed, log.taken) == ("+09:00", False, None)
    assert (pods.offset, pods.offset_assumed, pods.taken_assumed) == ("+09:00", True, True)
    assert str(pods.taken) == "2024-05-02 17:11:32+09:00"


def test_an_entity_that_several_texts_name_is_one_under_its_full_name(tmp_path: Path) -> None:
    uid, sandbox, container = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "ab12" * 16, "cd34" * 16
    (tmp_path / "pods.txt").write_text(
        "NAMESPACE  NAME   READY  STATUS   RESTARTS  AGE  IP        NODE\n"
        "shop       web-0  1/1    Running  0         3d   10.0.0.7  node-a\n"
    )
    (tmp_path / "docker.txt").write_text(
        "CONTAINER ID   IMAGE   COMMAND   CREATED      STATUS      PORTS   NAMES\n"
        f"{container[:12]}   web     \"/web\"    3 days ago   Up 3 days           k8s_web_web-0_shop_{uid}_0\n"
        f"{sandbox[:12]}   pause   \"/pause\"  3 days ago   Up 3 days           k8s_POD_web-0_shop_{uid}_0\n"
    )  # fmt: skip
    (tmp_path / "kubelet.log").write_text(
        f'E0502 08:11:32.000001    812 kubelet.go:99] ContainerStatus for {container}: rpc error, sandbox "{sandbox}", '
        f'pod="shop/web-0" podUID="{uid}" containerID="docker://{container}"\n'
    )
    found = {named.kind: named.names for named in inspect_paths([str(tmp_path)]).entities}
    assert found["Pod"] == ("shop/web-0",)
    assert found["Node"] == ("node-a",)
    assert found["Container"] == ("shop/web-0/web",)
    assert found["PodSandbox"] == (sandbox[:12],)
