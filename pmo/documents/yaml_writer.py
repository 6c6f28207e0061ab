"""YAML as portfolio files are written: one way to write each value, so that bytes compare.

Not PyYAML's emitter: it folds by width, differs between its C and Python forms, and is
slow. Texts go bare where nobody could take them for something else, as a literal block
where they have several lines, and otherwise in double quotes with JSON's escapes,
which are YAML's too.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pmo.documents.yaml_reader import resolve

BARE = re.compile(
    r"(?:[^\W_]|«)[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff\u00a0]*"
)
NOT_BARE = re.compile(r": |:$| #|\s$|\s\s")
BLOCK = re.compile(
    r"(?!\s)[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*"
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{6})?Z)?")
NOT_BLOCK = re.compile(r"[ \t\xa0]\n|\n\n\Z|[ \t\xa0]\Z|\n[ \t]+\n")
WORDS_OF_YAML_1_1 = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|nan|inf|infinity")
INDENT = "  "


def write(value: Any) -> str:
    """Return the YAML of a value made of dicts, lists, texts, numbers, booleans and None."""
    return "".join(_lines(value, ""))


def _lines(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield f"{indent}{key if _is_bare(key) else _quoted(key)}:"
            yield from _inside(inner, indent)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _item(inner, indent)
    else:
        yield f"{indent}{_scalar(value, indent)}\n"


def _inside(value: Any, indent: str) -> Iterator[str]:
    """Write what stands behind `key:`."""
    if isinstance(value, (dict, list)) and value:
        yield "\n"
        yield from _lines(value, indent + INDENT)
    else:
        yield f" {_scalar(value, indent + INDENT)}\n"


def _item(value: Any, indent: str) -> Iterator[str]:
    """Write one item of a list, its first line behind the dash."""
    inner = _lines(value, indent + INDENT)
    if isinstance(value, (dict, list)) and value:
        first = next(inner)
        yield f"{indent}- {first[len(indent) + len(INDENT) :]}"
        yield from inner
    else:
        yield f"{indent}- {_scalar(value, indent + INDENT)}\n"


def _scalar(value: Any, indent: str) -> str:
    if isinstance(value, str):
        return _text(value, indent)
    if isinstance(value, (dict, list)):
        return "{}" if isinstance(value, dict) else "[]"
    return json.dumps(value)


def _text(text: str, indent: str) -> str:
    if _is_bare(text):
        return text
    if "\n" in text and BLOCK.fullmatch(text) and not NOT_BLOCK.search(text):
        return _block(text, indent)
    return _quoted(text)


def _is_bare(text: str) -> bool:
    return (
        BARE.fullmatch(text) is not None
        and NOT_BARE.search(text) is None
        and resolve(text) == text
        and WORDS_OF_YAML_1_1.fullmatch(text) is None
        and (not text[0].isdigit() or MOMENT.fullmatch(text) is not None)
    )


def _block(text: str, indent: str) -> str:
    head = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return "\n".join([head, *(f"{indent}{line}" if line else "" for line in lines)])


def _quoted(text: str) -> str:
    """Quote as JSON does; what YAML's reader refuses to see goes as an escape."""
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda sign: f"\\u{ord(sign[0]):04x}", quoted
    )
