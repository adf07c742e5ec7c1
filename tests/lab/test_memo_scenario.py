import re

import pytest

from plegma.app.diagnosing import diagnose_paths
from plegma.app.simulating import Options, write_evidence

CHAIN = ("sandbox-container-missing", "pod-status-unknown", "pleg-unhealthy", "node-readiness-flapping", "crash-loop-back-off")


@pytest.fixture(scope="module")
def memo(tmp_path_factory):
    out = tmp_path_factory.mktemp("memo")
    write_evidence("memo", Options(zone="JST", locale="ja"), out)
    return out


def test_restarts_go_into_the_thousands_in_28_days(memo):
    rows = [line for line in (memo / "kubectl-get-pods.txt").read_text().splitlines() if " 28d " in line]
    assert len(rows) == 5
    assert all(1000 < int(row.split()[4]) < 4000 for row in rows)
    assert sum("CrashLoopBackOff" in row for row in rows) >= 3


def test_the_nodes_flap_thousands_of_times_and_syncs_fail_in_the_hundred_thousands(memo):
    nodes = (memo / "kubectl-describe-nodes.txt").read_text()
    assert re.search(r"NodeReady +\S+ \(x[5-9]\d{3} over 4[45]d", nodes)
    assert re.search(r"NodeNotReady +\S+ \(x[5-9]\d{3} over 2\dd", nodes)
    pods = (memo / "kubectl-describe-pods.txt").read_text()
    assert re.search(r"FailedSync +\S+ \(x1\d{5} over 2\dd", pods)


def test_the_diagnosis_of_the_folder_is_the_memos_cause_and_chain(memo):
    (memo / "truth.json").unlink()
    best = diagnose_paths([str(memo)]).diagnosis.hypotheses[0]
    assert best.cause == "cni-plugin-hang-or-lock"
    steps = {step.mode for step in best.chain}
    assert steps >= set(CHAIN) - {best.cause}
