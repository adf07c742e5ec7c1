"""Bytes and lines to observations, one file for each format.

Must never: do I/O, read a clock, or decide what an observation means.
"""

from plegma.evidence.parse.documents import parse_text
from plegma.evidence.parse.log_lines import line_event
from plegma.evidence.parse.parsed import ClockHints, Parsed

__all__ = ["ClockHints", "Parsed", "line_event", "parse_text"]
