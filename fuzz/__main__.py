"""`python -m fuzz [--runs N] [TARGET...]`: fuzzes the targets one after the other and says what was found.

Each runs in its own process with bounds on memory and on the time of an input; a finding is kept below the folder with
the input that shows it, and the exit code is then 1.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from fuzz.targets import TARGETS

_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_PACE = re.compile(r"stat::average_exec_per_sec:\s*(\d+)")
_FAULT = re.compile(r"^(?:\w[\w.]*(?:Error|Exception)\b.*|==\d+== ERROR.*)$", re.MULTILINE)
_MEMORY = 1024
_HANGS = 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often a target ran, how fast, and what broke ("" for nothing)."""

    target: str
    runs: int
    pace: int
    fault: str


def main() -> int:
    """Parses the arguments, fuzzes, prints one line for each target."""
    arguments = _arguments()
    outcomes = []
    for name in arguments.targets or TARGETS:
        outcomes.append(fuzzed(name, arguments.runs, arguments.folder, arguments.seed))
        print(_told(outcomes[-1]), flush=True)
    print(f"{sum(o.runs for o in outcomes)} executions, {sum(bool(o.fault) for o in outcomes)} targets with a finding")
    return int(any(o.fault for o in outcomes))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="default: all")
    parser.add_argument("--runs", type=int, default=10_000, help="executions of each target")
    parser.add_argument("--seed", type=int, default=0, help="of the random numbers; 0 is another one each time")
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"), help="where the corpus and findings are kept")
    return parser.parse_args()


def fuzzed(name: str, runs: int, folder: Path, seed: int) -> Outcome:
    """Fuzzes one target in a process of its own."""
    corpus, findings = folder / "corpus" / name, folder / "findings" / name
    findings.mkdir(parents=True, exist_ok=True)
    _lay(corpus, name)
    log = findings / "last.log"
    with log.open("wb") as out:
        code = subprocess.run(_command(name, runs, corpus, findings, seed), stdout=out, stderr=subprocess.STDOUT, check=False).returncode
    return _outcome(name, code, log.read_text(encoding="utf-8", errors="replace"))


def _command(name: str, runs: int, corpus: Path, findings: Path, seed: int) -> Sequence[str]:
    options = {
        "runs": runs,
        "max_len": TARGETS[name].longest,
        "rss_limit_mb": _MEMORY,
        "timeout": _HANGS,
        "seed": seed,
        "print_final_stats": 1,
        "artifact_prefix": f"{findings}/",
        "dict": Path(__file__).with_name("tokens.dict"),
    }
    return [sys.executable, "-m", "fuzz.worker", name, *(f"-{key}={value}" for key, value in options.items()), str(corpus)]


def _lay(corpus: Path, name: str) -> None:
    """The seeds, by the hash of their content as libFuzzer names what it adds."""
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in TARGETS[name].seeds():
        (corpus / blake2b(seed, digest_size=20).hexdigest()).write_bytes(seed)


def _outcome(name: str, code: int, said: str) -> Outcome:
    runs, pace, faults = _RUNS.search(said), _PACE.search(said), _FAULT.findall(said)
    fault = (faults[0] if faults else f"ended with {code}") if code else ""
    return Outcome(name, int(runs[1]) if runs else 0, int(pace[1]) if pace else 0, fault)


def _told(outcome: Outcome) -> str:
    return f"{outcome.target:10} {outcome.runs:>9} runs {outcome.pace:>7}/s  {outcome.fault or 'nothing found'}"


if __name__ == "__main__":
    sys.exit(main())
