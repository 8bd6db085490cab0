"""Vietnamese names: few surnames, short syllables, so that one letter makes another name."""

from functools import lru_cache

_SURNAMES = frozenset(
    """nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly truong dinh lam mai trinh doan luong ta to
    luu quach thach chau ha cao phung dao thai vuong bach ngo kieu""".split()
)
_TELLING = frozenset(
    "nguyen tran pham huynh hoang phan dang bui ngo duong truong dinh trinh doan luong phung vuong".split()
)
_MIDDLE = frozenset("van thi minh xuan duc quoc dinh huu ngoc thanh tien trong anh cong hong kim phu viet".split())


@lru_cache(65_536)
def parts(folded: str) -> frozenset[str] | None:
    """Return the syllables of a Vietnamese name in either order, None for any other name.

    >>> sorted(parts("nguyen phu trong")), parts("angela merkel")
    (['nguyen', 'phu', 'trong'], None)
    """
    words = folded.split()
    if not 2 <= len(words) <= 4 or any(len(word) > 6 or not word.isalpha() for word in words):
        return None
    for family, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        if family in _TELLING or (family in _SURNAMES and any(word in _MIDDLE for word in given)):
            return frozenset(words)
    return None
