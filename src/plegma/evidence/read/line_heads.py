"""What a log's line begins with: its time, who wrote it, and klog's severity, time and process."""

import re

_HEAD = re.compile(
    rb'(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8} |\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)? |time="[^"]{8,40}" )?'
    rb"((?:[\w.-]+ [\w.@-]+(?:\[\d+\])?: )?)(?:([IWEF])\d{4} [\d:]{8}\.\d+ +\d+ )?"
)
_AS_ZERO = bytes.maketrans(b"123456789", b"0" * 9)

Said = tuple[bytes, bytes, bytes]
"""Who wrote a line (b"" when it is not told), klog's severity (b"" without klog), and all that stands behind."""


class Heads:
    """Takes lines apart. A line of klog whose head differs from the last one's in digits only is cut where that one was: half the time."""

    def __init__(self) -> None:
        self._size = 0
        self._shape: bytes | None = None
        self._who = self._severity = b""
        self._who_at = slice(0, 0)

    def said(self, block: bytes, start: int, end: int) -> Said:
        """The line that stands at these offsets, without its times and its process."""
        head = block[start : start + self._size]
        if head.translate(_AS_ZERO) == self._shape and head[self._who_at] == self._who:
            return self._who, self._severity, block[start + self._size : end]
        return self._matched(block, start, end)

    def _matched(self, block: bytes, start: int, end: int) -> Said:
        match = _HEAD.match(block, start, end)
        assert match is not None, "all of it is optional"
        self._who, self._severity = match[1], match[2] or b""
        self._size = match.end() - start
        # Without klog's part the next line may have one, or a writer, where this one's message begins.
        self._shape = match[0].translate(_AS_ZERO) if self._severity else None
        self._who_at = slice(match.start(1) - start, match.end(1) - start)
        return self._who, self._severity, block[match.end() : end]
