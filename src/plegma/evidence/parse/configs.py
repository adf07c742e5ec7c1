"""Configuration of the kubelet, the runtimes and CNI: JSON, TOML, YAML; one State for each key."""

import json
import re
from collections.abc import Iterator

from plegma.evidence.parse.blocks import Block, Context, Document, Value, ends_output, next_filled
from plegma.evidence.parse.line_kinds import is_elision
from plegma.evidence.parse.object_blocks import extent
from plegma.model.observations import State

_SECTION = re.compile(r"\s*\[{1,2}(?P<name>[\w-]+(?:\.(?:\"[^\"]*\"|'[^']*'|[\w/:-]+))*)\]{1,2}\s*$")
_PAIR = re.compile(r"\s*(?P<key>[\w.\"/-]+)\s*=\s*(?P<value>\S.*)$")
_QUOTED_PAIR = re.compile(r"\s*(?P<key>[\w-]+) = (?P<value>\"[^\"]*\"|\d+|true|false|\[.*)$")
_TOML_MORE = re.compile(r"\s*(?:#|\]|\"[^\"]*\",?$)")
_YAML_PAIR = re.compile(r"(?P<indent>\s*)(?:- )?(?P<key>[\w.-]+):(?:\s+(?P<value>\S.*))?$")
_KUBELET_YAML = re.compile(r"\s*(?:apiVersion: kubelet\.config\.k8s\.io|kind: Kubelet)")
_MOST = 600


def configs(document: Document, index: int, context: Context) -> Block | None:
    """A configuration that starts here."""
    line = document.lines[index]
    if _SECTION.match(line) or _QUOTED_PAIR.match(line):
        return _toml(document, index, context)
    return _yaml(document, index, context) if _KUBELET_YAML.match(line) else None


def file_of(context: Context) -> str:
    """The file that is shown: the one that the command prints, else the artifact's own name."""
    command = context.command
    if command.program in ("cat", "less", "more", "head", "tail", "grep", "vi", "vim", "sudo"):
        path = next((word for word in reversed(command.words) if "/" in word), "")
        return path or (command.words[-1] if command.words else "")
    if command.text:
        return command.text
    return context.artifact.replace("!", "/").rsplit("/", 1)[-1]


def _evidence(file: str) -> tuple[str, ...]:
    if "cni" in file or file.endswith((".conflist", ".conf")):
        return ("cni-config",)
    if any(name in file for name in ("daemon.json", "containerd", "crio", "config.toml", "docker")):
        return ("runtime-config",)
    return ("kubelet-config",) if "kubelet" in file else ()


def _config(document: Document, at: int, file: str, key: str, value: Value) -> State:
    return document.state(at, "Config", {"file": file, "key": key, "value": value}, {})


def json_configs(document: Document, index: int, context: Context) -> Block | None:
    """A configuration in JSON that starts here: of docker, of CNI, of anything."""
    if document.lines[index].lstrip()[:1] != "{":
        return None
    end = extent(document, index)
    value = _loads("\n".join(document.lines[index:end]))
    if not isinstance(value, dict) or not value:
        return None
    file, states, after = file_of(context), list[State](), index
    for key, leaf in _leaves(value, ""):
        if len(states) < _MOST:
            after = _line_of(document, key, after, end)
            states.append(_config(document, after, file, key, leaf))
    evidence = ("cni-config",) if "cniVersion" in value else _evidence(file)
    return Block("config-json", end, tuple(states), evidence=evidence)


def _loads(text: str) -> object:
    """The value; where the end was cut off, what stood before is closed."""
    for tail in ("", "}", "]}", "}}", '"}', '"]}', "]}}", "}]}", "null}"):
        try:
            return json.loads(text.rstrip().rstrip(",") + tail if tail else text)
        except (ValueError, RecursionError):
            continue
    return None


def _leaves(value: object, path: str, depth: int = 0) -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict) and depth < 20:
        for key, below in value.items():
            yield from _leaves(below, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list) and depth < 20:
        if all(isinstance(item, str | int | float) for item in value):
            yield path, ",".join(map(str, value))
        else:
            for number, below in enumerate(value):
                yield from _leaves(below, f"{path}.{number}", depth + 1)
    elif isinstance(value, str | int | float):
        yield path, value


def _line_of(document: Document, key: str, after: int, end: int) -> int:
    """The line at or after `after` that holds the key's last word, which comes in order."""
    word = next((f'"{part}"' for part in reversed(key.split(".")) if not part.isdigit()), "")
    return next((at for at in range(after, end) if word in document.lines[at]), after)


def _toml(document: Document, index: int, context: Context) -> Block | None:
    if not _is_toml(document, index, context):
        return None
    file, section, states, end = file_of(context), "", list[State](), index
    for at in range(index, len(document.lines)):
        line = document.lines[at]
        if ends_output(line):
            break
        if match := _SECTION.match(line):
            section = match["name"].replace('"', "")
        elif match := _PAIR.match(line):
            key = f"{section}.{match['key']}" if section else match["key"]
            states.append(_config(document, at, file, key, match["value"].strip().strip('"')))
        elif line and not (_TOML_MORE.match(line) or is_elision(line)):
            break
        end = at + 1 if line else end
        if not line and not _goes_on(document, at):
            break
    return Block("config-toml", end, tuple(states[:_MOST]), evidence=_evidence(file))


def _is_toml(document: Document, index: int, context: Context) -> bool:
    if re.search(r"\.(?:toml|conf|ini)\b|config dump", f"{context.artifact} {context.command.text}"):
        return True
    line, following = document.lines[index], document.lines[index + 1 : index + 4]
    if _SECTION.match(line):
        return any(_PAIR.match(other) or (_SECTION.match(other) and other.startswith(" ")) for other in following)
    return any(_SECTION.match(other) or _QUOTED_PAIR.match(other) for other in following)


def _goes_on(document: Document, at: int) -> bool:
    ahead = next_filled(document, at)
    return ahead >= 0 and bool(_SECTION.match(document.lines[ahead]) or _QUOTED_PAIR.match(document.lines[ahead]))


def _yaml(document: Document, index: int, context: Context) -> Block:
    file, states, parents, end = file_of(context), list[State](), list[tuple[int, str]](), index
    for at in range(index, len(document.lines)):
        line = document.lines[at]
        match = _YAML_PAIR.match(line)
        if match is None:
            if not line or line[:1].isspace() or line.startswith(("-", "#")):
                end = at + 1 if line else end
                continue
            break
        indent = len(match["indent"])
        parents = [(depth, key) for depth, key in parents if depth < indent]
        key = ".".join([*(name for _, name in parents), match["key"]])
        if match["value"]:
            states.append(_config(document, at, file, key, match["value"].strip("\"'")))
        else:
            parents.append((indent, match["key"]))
        end = at + 1
    return Block("config-yaml", end, tuple(states), evidence=("kubelet-config",))
