"""JSON around a log line: docker's json-file, `journalctl -o json`, and what log shippers and stores make of a line."""

import json
import re
from collections.abc import Mapping

from plegma.evidence.parse.carried import Carried
from plegma.evidence.parse.stamps import absolute, epoch
from plegma.model.observations import Stamp

_BODY_KEYS = ("log", "message", "MESSAGE", "Message", "_raw", "textPayload")
_TIME_KEYS = ("time", "@timestamp", "timestamp", "ts", "Timestamp", "date", "_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP")
_HOST_KEYS = ("_HOSTNAME", "hostname", "host", "node", "nodeName", "node_name")
_PROGRAM_KEYS = ("SYSLOG_IDENTIFIER", "ident", "program", "syslog_identifier", "_COMM", "unit", "_SYSTEMD_UNIT")
_INNER = ("_source", "jsonPayload", "fields")
"""Where Elasticsearch, Google Cloud Logging and others keep the record itself."""

Record = Mapping[str, object]


def json_carrier(line: str) -> Carried | None:
    """What a JSON object around a log line says; None when it is no object or holds no line."""
    text = line.lstrip()
    if not text.startswith("{") or not (any(f'"{key}"' in text for key in _BODY_KEYS) or "ayload" in text):
        return None
    try:
        record = json.loads(text.rstrip(",] "), strict=False)
    except (ValueError, RecursionError):
        return _cut(text)
    return carried_by(record) if isinstance(record, dict) else None


def _cut(text: str) -> Carried | None:
    """docker's json-file whose end was cut off."""
    match = re.match(r'\{"log":"((?:[^"\\]|\\.)*)', text)
    return Carried(_unescaped(match[1]).rstrip("\n"), carrier="json") if match else None


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except (ValueError, RecursionError):
        return text


def carried_by(record: Record) -> Carried | None:
    """What a record of a log shipper or of the journal says."""
    merged = dict(record)
    for key in _INNER:
        inner = record.get(key)
        merged |= inner if isinstance(inner, dict) else {}
    body = _text(merged, _BODY_KEYS) or _bytes(merged.get("MESSAGE"))
    if not body or "caller" in merged or ("msg" in merged and "log" not in merged):
        return None
    kubernetes, labels = _below(merged, "kubernetes"), _below(_below(merged, "resource"), "labels")
    return Carried(
        body.rstrip("\n"),
        _stamp(merged),
        _text(kubernetes, ("host", "node_name")) or _name(merged) or _text(labels, ("node_name",)),
        _text(merged, _PROGRAM_KEYS),
        "json",
        _text(kubernetes, ("pod_name",)) or _text(labels, ("pod_name",)),
        _text(kubernetes, ("namespace_name", "namespace")) or _text(labels, ("namespace_name",)),
        _text(kubernetes, ("container_name",)) or _text(labels, ("container_name",)),
    )


def _below(record: Record, key: str) -> Record:
    inner = record.get(key)
    return inner if isinstance(inner, dict) else {}


def _name(record: Record) -> str:
    return _text(record, _HOST_KEYS) or _text(_below(record, "host"), ("name", "hostname"))


def _text(record: Record, keys: tuple[str, ...]) -> str:
    return next((value for key in keys if isinstance(value := record.get(key), str) and value), "")


def _bytes(value: object) -> str:
    """The journal gives a message that is no UTF-8 as an array of bytes."""
    if isinstance(value, list) and value and all(isinstance(item, int) and 0 <= item < 256 for item in value):
        return bytes(value).decode("utf-8", "replace")
    return ""


def _stamp(record: Record) -> Stamp | None:
    for key in _TIME_KEYS:
        value = record.get(key)
        if isinstance(value, str) and value.isdigit():
            return epoch(float(value))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return epoch(float(value))
        if isinstance(value, str) and (found := absolute(value)):
            return found
    return None
