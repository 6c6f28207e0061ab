"""Names of files as people may see and save them."""

import unicodedata

LONGEST = 200
"""Characters of a kept name."""

LONGEST_BYTES = 240
"""Of a kept name in UTF-8: file systems take 255."""

LONGEST_SUFFIX = 16
NAMELESS = "file"

UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Categories of signs that a name does not need: controls, and those that turn the text round."""


def cleaned(name: str) -> str:
    """Return a name that says what it shows: without folders, controls and marks of direction.

    Too long ones keep their suffix; never empty.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", last)
        if sign.isspace() or unicodedata.category(sign) not in UNSEEN
    )
    text = " ".join(seen.split()).strip(". ")
    return shortened(text) or NAMELESS


def shortened(name: str) -> str:
    """Return a name cut to what a file system takes, with its suffix kept."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > LONGEST_SUFFIX or not stem:
        stem, suffix = name, ""
    ending = f".{suffix}" if suffix else ""
    room = LONGEST_BYTES - len(ending.encode())
    kept = stem[: LONGEST - len(ending)].encode()[:room].decode(errors="ignore")
    return f"{kept.rstrip('. ')}{ending}"
