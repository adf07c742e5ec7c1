"""Own failure modes: what may be written, what is refused with which key, and how they join plegma's."""

import tomllib
from collections.abc import Mapping
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from plegma.engine.naming import filled
from plegma.engine.signatures import HEARD_IN
from plegma.knowledge.catalog import builtin
from plegma.knowledge.failure_mode import FailureMode
from plegma.knowledge.own_modes import extended, own_modes
from plegma.knowledge.own_records import Records
from plegma.knowledge.own_rules import COMPONENTS, PLACEHOLDERS, RULES

LEAST = """
id = "tape-robot-stuck"
layer = "storage"
role = "cause"
subject = "Node"
title = {en = "the tape robot is stuck", ja = "テープロボットが停止した"}
summary = {en = "It is.", ja = "停止した。"}
"""
SIGNATURE = "[[signatures]]\npattern = 'robot arm \\d+ stuck'\n"


def faults(text: str) -> list[str]:
    """Keys and texts of what is wrong with one file."""
    return [f"{fault.key}: {fault.text}" for fault in own_modes({"one.toml": text}, builtin()).faults]


def table(value: Any) -> Any:
    """A record as TOML would hold it."""
    if isinstance(value, Struct):
        return {name: table(getattr(value, name)) for name in value.__struct_fields__ if getattr(value, name) is not None}
    if isinstance(value, tuple):
        return [table(item) for item in value]
    return {key: table(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def test_the_least_that_is_a_mode() -> None:
    own = own_modes({"one.toml": LEAST + SIGNATURE}, builtin())
    assert not own.faults
    assert own.files == {"tape-robot-stuck": "one.toml"}
    assert own.modes[0].title.ja == "テープロボットが停止した"


def test_every_mode_of_plegma_could_be_written_as_an_own_one() -> None:
    records = Records(RULES)
    assert [records.record(FailureMode, table(mode)) for mode in builtin()] == list(builtin())
    assert not records.faults


def test_the_words_allowed_are_the_engine_s() -> None:
    assert set(COMPONENTS) == {*HEARD_IN, "any", "network"}
    assert not [name for name in PLACEHOLDERS if filled(f"{{{name}}}", {}).startswith("{")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("id = ", "is no TOML"),
        ("a = " + "[" * 5000, "is no TOML"),
        (LEAST.replace("storage", "pots"), "layer: 'pots' is none of pod, image"),
        (LEAST.replace('ja = "停止した。"', 'de = "steht"'), "summary.ja: is missing: a text needs both languages"),
        (LEAST.replace('{en = "It is.", ja = "停止した。"}', '"It is."'), "summary: has to be written as summary.en and summary.ja"),
        (LEAST.replace("subject", "subjekt"), "subjekt: no such key; is 'subject' meant?"),
        (LEAST.replace("tape-robot-stuck", "Tape Robot"), "id: 'Tape Robot' has to be words in small letters"),
        (LEAST.replace("tape-robot-stuck", "pleg-unhealthy"), "id: 'pleg-unhealthy' is a mode of plegma, and own modes override nothing"),
        (LEAST + 'references = "none"', "references: has to be an array"),
        (LEAST + "generic = 1", "generic: has to be true or false, not 1"),
        (LEAST + "signatures = {}", "signatures: has to be an array of tables: [[signatures]]"),
        (LEAST + SIGNATURE + "at_least = true", "signatures[1].at_least: has to be a whole number, not True"),
        (LEAST + SIGNATURE + "at_least = 0", "signatures[1].at_least: 0 is less than 1"),
        (LEAST + SIGNATURE + SIGNATURE.replace("robot", "(robot"), "signatures[2].pattern: is no regular expression"),
        (LEAST + "[[signatures]]\npattern = 'a[[b]'", "signatures[1].pattern: is no regular expression: Possible nested set"),
        (LEAST + "[[signatures]]\npattern = 'a(?!b)'", "signatures[1].pattern: look-around"),
        (LEAST + "[[signatures]]\npattern = '(a)\\1'", "signatures[1].pattern: look-around, back-references"),
        (LEAST + "[[signatures]]\npattern = 'a++b'", "signatures[1].pattern: look-around, back-references, atomic groups and possessive"),
        (LEAST + "[[signatures]]\npattern = '.*'", "signatures[1].pattern: matches every line"),
        (LEAST + "[[signatures]]\npattern = ''", "signatures[1].pattern: is empty, and there is no reason either"),
        (LEAST + "[[signatures]]\npattern = '(?P<pods>a)'", "signatures[1].pattern: group 'pods' names nothing; there are namespace, pod"),
        (LEAST + SIGNATURE + 'component = "robot"', "signatures[1].component: 'robot' is none of any, app"),
        (LEAST + SIGNATURE + 'proof = "proves"', "signatures[1].proof: 'proves' is none of states, shows, suggests"),
        (LEAST + '[[states]]\nkind = "Pots"\nwhere = {}', "states[1].kind: 'Pots' is none of Pod"),
        (LEAST + '[[states]]\nkind = "Pod"\nwhere.restart = ">=3"', "states[1].where.restart: a Pod has no such attribute"),
        (LEAST + '[[states]]\nkind = "Pod"\nwhere.status = "("', "states[1].where.status: is no regular expression"),
        (LEAST + '[[states]]\nkind = "Pod"\nwhere.restarts = 3', "states[1].where.restarts: has to be a string, not 3"),
        (LEAST + '[[leads_to]]\neffect = "pleg-unhealthy"', "leads_to[1].mechanism: is missing"),
        (LEAST + '[[refutes]]\nbecause = {en = "a", ja = "b"}', "refutes[1]: names nothing that could be seen"),
        (LEAST + '[[refutes]]\nbecause = {en = "a", ja = "b"}\npattern = "x"\nweight = 2', "refutes[1].weight: 2 is not between 0 and 1"),
        (LEAST + '[[asks]]\ncommand = "ssh {nodes}"\nexpect = {en = "a", ja = "b"}', "asks[1].command: {nodes} stays as it is; is {node}"),
        (LEAST + '[[asks]]\ncommand = "w"\nexpect = {en = "a", ja = "b"}\nevidence = "tea"', "asks[1].evidence: 'tea' is none of pod-list"),
        (LEAST + "[[state_examples]]\nkind = 'Pod'\nattrs.status = []\nmatches = true", "state_examples[1].attrs.status: has to be"),
        (LEAST + "[[examples]]\nline = 'a'", "examples[1].component: is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_key(text: str, wanted: str) -> None:
    found = faults(text)
    assert [fault for fault in found if wanted in fault], found


def test_everything_that_is_wrong_with_a_file_is_said_at_once() -> None:
    text = LEAST.replace("storage", "pots") + SIGNATURE.replace("\\d", "(") + "[[examples]]\nline = 'a'\nmatch = true\n"
    keys = {fault.partition(":")[0] for fault in faults(text)}
    assert keys == {"layer", "signatures[1].pattern", "examples[1].match", "examples[1].component", "examples[1].matches"}


def test_braces_of_other_tools_in_commands_are_let_be() -> None:
    command = "kubectl get pod {pod} -o jsonpath='{range .items[*]}{end}' | awk '{print}'"
    assert not faults(f'{LEAST}[[asks]]\ncommand = "{command}"\nexpect = {{en = "a", ja = "b"}}')


def test_a_file_with_a_fault_is_left_out_and_the_others_are_used() -> None:
    own = own_modes({"bad.toml": "id = 3", "good.toml": LEAST + SIGNATURE}, builtin())
    assert [mode.id for mode in own.modes] == ["tape-robot-stuck"]
    assert {fault.file for fault in own.faults} == {"bad.toml"}


def test_one_id_in_two_files_is_used_once_and_said() -> None:
    own = own_modes({"a.toml": LEAST, "b.toml": LEAST}, builtin())
    assert len(own.modes) == 1
    assert [str(fault) for fault in own.faults] == ["b.toml: id: 'tape-robot-stuck' is the mode of a.toml already"]


def test_own_modes_link_to_plegma_s_and_to_one_another() -> None:
    link = '[[leads_to]]\neffect = "{0}"\nscope = "node"\nmechanism = {{en = "a", ja = "b"}}\n'
    other = LEAST.replace("tape-robot-stuck", "backup-late")
    own = own_modes({"a.toml": LEAST + link.format("pleg-unhealthy") + link.format("backup-late"), "b.toml": other}, builtin())
    assert not own.faults
    catalog = extended(builtin(), own)
    assert "tape-robot-stuck" in [mode.id for mode, _ in catalog.causes_of["pleg-unhealthy"]]
    assert "tape-robot-stuck" in [mode.id for mode, _ in catalog.causes_of["backup-late"]]
    assert all(catalog[mode.id] is mode for mode in builtin())


def test_a_link_that_leads_nowhere_is_left_out_alone() -> None:
    stray = """
[[leads_to]]
effect = "nothing-known"
scope = "node"
mechanism = {en = "a", ja = "b"}
[[asks]]
command = "w"
expect = {en = "a", ja = "b"}
separates = ["pleg-unhealthy", "nothing-known"]
[[refutes]]
because = {en = "a", ja = "b"}
mode = "nothing-known"
"""
    own = own_modes({"a.toml": LEAST + SIGNATURE + stray}, builtin())
    assert {fault.key for fault in own.faults} == {"leads_to[1].effect", "asks[1].separates[2]", "refutes[1].mode"}
    mode = extended(builtin(), own)["tape-robot-stuck"]
    assert (mode.leads_to, mode.refutes) == ((), ())
    assert mode.asks[0].separates == ("pleg-unhealthy",)


def test_no_own_modes_leave_the_catalog_as_it_is() -> None:
    assert extended(builtin(), own_modes({}, builtin())) is builtin()


_KEYS = st.sampled_from([*FailureMode.__struct_fields__, "pattern", "where", "en", "x"])
_ROLES = get_args(FailureMode.__annotations__["role"])
_TABLES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.sampled_from(_ROLES)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(_KEYS, _TABLES, max_size=6))
def test_whatever_a_table_holds_it_is_a_mode_or_has_faults(found: dict[str, Any]) -> None:
    records = Records(RULES)
    assert (records.record(FailureMode, found) is None) is bool(records.faults)


@given(st.text(max_size=60))
def test_whatever_a_file_holds_nothing_is_raised(text: str) -> None:
    own = own_modes({"one.toml": text}, builtin())
    assert not own.modes
    try:
        assert own.faults or tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert own.faults
