"""What is left of the limits while reading."""

from collections.abc import Callable

from msgspec import Struct

from plegma.evidence.read.artifacts import CutShortError
from plegma.evidence.read.limits import MIB, Limits
from plegma.model.texts import Text


class Budget(Struct):
    """Counts what is read of all artifacts together."""

    limits: Limits
    members: int = 0
    total: int = 0

    def spent(self) -> bool:
        """Is a limit on everything together reached? Then reading ends."""
        return self.members > self.limits.members or self.total > self.limits.total

    def enter(self) -> None:
        """One more artifact.

        Raises CutShortError when there were too many.
        """
        self.members += 1
        if self.members > self.limits.members:
            raise CutShortError(_too_many(self.limits.members))

    def member(self) -> Callable[[int], None]:
        """A counter for the bytes of one artifact, that raises CutShortError beyond the limits."""
        read = 0

        def count(size: int) -> None:
            nonlocal read
            read += size
            self.total += size
            if read > self.limits.member:
                raise CutShortError(_too_large(self.limits.member))
            if self.total > self.limits.total:
                raise CutShortError(_too_much(self.limits.total))

        return count

    def compression(self) -> tuple[Callable[[int], None], Callable[[int], None]]:
        """Counters for what goes into and comes out of a decompressor; the second raises CutShortError on a bomb."""
        packed = unpacked = 0

        def count_in(size: int) -> None:
            nonlocal packed
            packed += size

        def count_out(size: int) -> None:
            nonlocal unpacked
            unpacked += size
            if unpacked > self.limits.ratio_from and unpacked > self.limits.ratio * packed:
                raise CutShortError(_too_dense(self.limits.ratio))
            if unpacked > self.limits.total:
                raise CutShortError(_too_much(self.limits.total))

        return count_in, count_out


def _too_many(most: int) -> Text:
    return Text(
        f"more than {most} files were handed in; this and what follows is not read",
        f"ファイルが {most} 個を超えています。これ以降は読みません",
    )


def _too_large(most: int) -> Text:
    return Text(
        f"it is larger than {most // MIB} MiB; only the beginning is read",
        f"{most // MIB} MiB を超えています。先頭だけを読みます",
    )


def _too_much(most: int) -> Text:
    return Text(
        f"more than {most // MIB} MiB were read in all; what follows is not read",
        f"合計で {most // MIB} MiB を超えました。これ以降は読みません",
    )


def _too_dense(most: float) -> Text:
    return Text(
        f"it unpacks to more than {most:g} times its size, as a decompression bomb does; the rest is not read",
        f"展開後の大きさが {most:g} 倍を超えており、解凍爆弾とみられます。残りは読みません",
    )


def too_deep(most: int) -> Text:
    """Archives stand in archives beyond the limit."""
    return Text(f"archives are nested more than {most} deep here", f"アーカイブの入れ子が {most} 段を超えています")
