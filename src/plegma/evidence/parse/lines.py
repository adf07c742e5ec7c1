"""Bytes to lines: encodings, line ends, escape sequences. Line numbers stay those of the original."""

import codecs
import re

MAX_LOOK = 64 * 1024
"""Characters of a line that are looked into; the rest is counted but not read."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]{0,512}(?:\x07|\x1b\\)|\x1b[()*+][0-9A-Za-z]|\x1b[=>@-Z\\^_78]|#033\[[0-9;]*m"
)
_OVERSTRIKE = re.compile(r"[^\x08]\x08")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]")
_UNCLEAN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xa0\u200b-\u200f\u2028\u2029\u3000\ufeff]|#033\[")
_TYPESET = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
"""What word processors and web forms make of the quotes that programs print."""
_ENTITIES = {"quot": '"', "#34": '"', "#39": "'", "apos": "'", "lt": "<", "gt": ">", "amp": "&"}
_BOLD = re.compile(r"(\s*)\*\*([^\s*][^*]*:[^*]*)\*\*$")
"""A whole line that a reporter made bold inside a code block, where a web page shows the marks."""
_ENTITY = re.compile(r"&(quot|#34|#39|apos|lt|gt|amp);")


def decode(data: bytes) -> str:
    """The text of some bytes: by its BOM, by the NULs of UTF-16, as UTF-8, else line by line. Never raises."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data[len(bom) :], encoding)
    return _decode_as(data, _utf16_of(data) or "utf-8")


def _utf16_of(data: bytes) -> str:
    head = data[:4096]
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even * 8 < odd:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head) / 2 and odd * 8 < even else ""


def _decode_as(data: bytes, encoding: str) -> str:
    if encoding != "utf-8":
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(_decode_line(line) for line in data.split(b"\n"))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = line.decode("utf-8", "replace")
        broken_at_end = error.start >= len(line) - 3
        return cut if broken_at_end or _multibyte(cut) else line.decode("cp1252", "replace")


def _multibyte(text: str) -> bool:
    return any(ord(char) > 0xFF and char != "�" for char in text)


def split(text: str) -> list[str]:
    """Lines without their ends: LF or CRLF, or CR in a text that has no LF."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if lines and not lines[-1]:
        lines.pop()
    return lines


def clean(line: str) -> str:
    """A line as it is parsed: no escapes, control characters and marks of bold, plain quotes, no space at the end, cut at MAX_LOOK."""
    line = line[:MAX_LOOK]
    if _UNCLEAN.search(line):
        line = _OVERSTRIKE.sub("", _ESCAPES.sub("", line)).replace("\r", " ")
        line = _CONTROL.sub("", line).replace("\xa0", " ").replace("\u3000", "  ")
    if not line.isascii():
        line = line.translate(_TYPESET)
    if "&" in line and _ENTITY.search(line):
        line = _ENTITY.sub(lambda match: _ENTITIES[match[1]], line)
    line = line.rstrip()
    bold = _BOLD.match(line) if line.endswith("**") else None
    return f"{bold[1]}{bold[2].rstrip()}" if bold else line


def shown(line: str) -> str:
    """A line as it is quoted: as found, with control characters as visible escapes."""
    line = line[:MAX_LOOK].rstrip()
    return _CONTROL.sub(_visible, line) if _UNCLEAN.search(line) else line


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


_MINIKUBE_HEAD = re.compile(r"\* ==> .+ <==\s*$")
_QUOTE = re.compile(r">\s?")
_LISTED_LOG = re.compile(r"\s*[*-] (?=[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d |[IWEF]\d{4} \d\d:\d\d:\d\d\.|time=\"\d{4}-)")
"""A bullet before a log's own header: `minikube logs` in pieces, or a person's list of lines."""


def without_marks(raw: tuple[str, ...]) -> tuple[str, ...]:
    """The lines without the "> " of quotations (two lines at least), the "* " of `minikube logs` and bullets before log lines."""
    if any(line.startswith("* ==> ") and _MINIKUBE_HEAD.match(line) for line in raw):
        raw = tuple(line[2:] if line.startswith("* ") or line == "*" else line for line in raw)
    if any(line.lstrip().startswith(("* ", "- ")) for line in raw):
        raw = tuple(_LISTED_LOG.sub("", line, count=1) if _LISTED_LOG.match(line) else line for line in raw)
    marked = [line.startswith(">") for line in raw]
    if True not in marked:
        return raw
    runs = zip(raw, marked, [False, *marked[:-1]], [*marked[1:], False], strict=True)
    return tuple(_QUOTE.sub("", line, count=1) if mine and (before or after) else line for line, mine, before, after in runs)
