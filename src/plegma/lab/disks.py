"""A node's disks: what they hold, and what happens to writes when one breaks."""

from dataclasses import dataclass
from enum import StrEnum

FIRST_SECTOR, SECTORS, LOST = 2048, 8, 24
"""Where a disk's partition begins, sectors in a block of 4 KiB, and blocks that one write-back loses."""


class Breakage(StrEnum):
    """Which blocks of a disk cannot be written."""

    none = ""
    data = "data"
    journal = "journal"


@dataclass(slots=True)
class Disk:
    """One disk with one ext4 partition. `block`: the next one that is written back; `read_only`: its file system is mounted so."""

    name: str
    holds: str
    broken: Breakage = Breakage.none
    read_only: bool = False
    block: int = 6_026_232
    inode: int = 1_311_012

    def write_back(self) -> dict[str, str] | None:
        """The kernel writes dirty blocks: where that failed, or None. An error in the journal makes the file system read-only."""
        if self.broken is Breakage.none or self.read_only:
            return None
        sector = FIRST_SECTOR + self.block * SECTORS
        lost = {"disk": self.name, "sector": str(sector), "block": str(self.block), "next": str(self.block + 1), "inode": str(self.inode)}
        self.block += LOST
        self.read_only = self.broken is Breakage.journal
        return lost


def disks() -> dict[str, Disk]:
    """A node's disks by what they hold: its system, the runtime's files, and data of applications."""
    return {holds: Disk(name, holds) for name, holds in (("sda", "system"), ("sdb", "runtime"), ("sdc", "data"))}
