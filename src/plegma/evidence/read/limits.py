"""How much is read at most. Every bound can be set; what breaks one is reported, never silently cut."""

from msgspec import Struct

MIB = 1024 * 1024


class Limits(Struct, frozen=True):
    """Bounds on what is read; sizes are in bytes after decompression.

    `ratio` is uncompressed to compressed size, looked at only beyond `ratio_from` bytes: logs of one repeated line
    compress 500-fold and are small. `depth` counts archives and compressions inside one another. A log longer than
    `whole` is streamed, any other text is read whole up to `largest_whole`. `workers` processes read a long one (0: one for
    each processor).
    """

    ratio: float = 400.0
    ratio_from: int = 256 * MIB
    depth: int = 5
    members: int = 200_000
    total: int = 32 * 1024 * MIB
    member: int = 32 * 1024 * MIB
    whole: int = 4 * MIB
    largest_whole: int = 512 * MIB
    nested_zip: int = 1024 * MIB
    workers: int = 0


DEFAULT_LIMITS = Limits()
