"""The kernel's log from /dev/kmsg, as `dmesg --time-format iso` prints it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import CLOCK_BOOTTIME, CLOCK_MONOTONIC, clock_gettime, time

from plegma.evidence.read.node.places import Places
from plegma.evidence.read.node.takings import Found, Taking, refused

COMMAND = "dmesg --time-format iso"
_RECORD = 8192
"""Largest record that the kernel hands out (Documentation/ABI/testing/dev-kmsg)."""


def told_kernel_log(places: Places) -> Iterator[Found]:
    """The kernel's own messages since `places.since`; continuation and user-space lines are left out."""
    try:
        handle = os.open(places.kernel_log, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        yield refused("dmesg.txt", error)
        return
    try:
        lines = [line for record in _records(handle) if (line := _line(record, places.since))]
    finally:
        os.close(handle)
    yield Taking("dmesg.txt", "\n".join(lines) + "\n" if lines else "", COMMAND)


def _records(handle: int) -> Iterator[bytes]:
    """Each read of the device gives one record; EPIPE says that older ones were overwritten meanwhile."""
    with suppress(BlockingIOError):
        while True:
            try:
                record = os.read(handle, _RECORD)
            except BrokenPipeError:
                continue
            if not record:
                return
            yield record


def _line(record: bytes, since: datetime) -> str:
    head, _, message = record.decode("utf-8", "replace").partition(";")
    fields = head.split(",")
    if len(fields) < 3 or not fields[0].isdecimal() or int(fields[0]) >> 3:  # facility 0 is the kernel
        return ""
    at = datetime.fromtimestamp(time() - clock_gettime(CLOCK_MONOTONIC) + int(fields[2]) / 1e6, UTC)
    asleep = timedelta(seconds=max(clock_gettime(CLOCK_BOOTTIME) - clock_gettime(CLOCK_MONOTONIC), 0))
    # after a suspend the stamps before it read too late by its length: keep too much rather than too little
    return f"{at.isoformat(timespec='microseconds').replace('.', ',')} {message.splitlines()[0]}" if at + asleep >= since else ""
