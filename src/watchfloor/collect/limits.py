"""How much of a hostile pile is read."""

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """The most that is read of one file, one archive, one nest of archives.

    file_bytes: bytes of one file or archive member. archive_members: members read of one archive.
    archive_bytes: unpacked bytes read of one file on disk, nested archives included.
    archive_ratio: unpacked to packed size of one member; looked at above ratio_from_bytes only, because short texts
        of one repeated letter pack well and harm nobody.
    archive_depth: archives within archives; 1 reads no archive inside an archive.
    warc_bytes: unpacked bytes read of one web archive; no record of it is held that is longer than file_bytes.
    warc_damages: damaged places in one web archive after which it is given up.
    """

    file_bytes: int = 50_000_000  # assumed: the longest report met was under 1 MB, the longest PDF under 30 MB
    archive_members: int = 10_000  # assumed
    archive_bytes: int = 500_000_000  # assumed: ten files of the largest size
    archive_ratio: int = 200  # English prose packs to about a third, deflate cannot pass 1 : 1032
    ratio_from_bytes: int = 1_000_000  # assumed
    archive_depth: int = 2  # assumed
    warc_bytes: int = 50_000_000_000  # assumed: CC-NEWS has 1 GB a file, which unpacks to about 5 GB
    warc_damages: int = 1_000  # assumed


DEFAULT = Limits()
