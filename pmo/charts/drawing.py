"""Specifications drawn: SVG that a page may hold, PNG for documents.

The engine is a JavaScript one and starts with the first drawing of a process, not with its
import: a process that draws nothing pays nothing, and one that has drawn must not be forked.

What it gives is taken apart and only what is known is kept: shapes and texts, their places, and
links into this product. Nothing of it can run or style anything, whatever a text contains.
"""

import json
import re
from collections.abc import Iterator
from threading import Lock
from typing import Any, Final
from xml.etree import ElementTree as ET

from pmo.charts.palette import NAMES

VERSION: Final = "6.4"
"""Of Vega-Lite."""

HERE: Final = "https://pages.invalid"
"""Before the path in each link of a specification: the engine wants whole addresses."""

TABBED: Final = 40
"""Up to so many links can be reached by Tab; more of them would be in the way of the keyboard,
and the table beside the chart has them all."""

SHAPES = {"path", "line", "rect", "circle", "text", "tspan"}
PLACES = {
    *("d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry"),
    *("width", "height", "transform", "opacity", "fill-opacity", "stroke-opacity"),
    *("stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"),
    *("text-anchor", "dominant-baseline", "font-size", "font-weight", "font-style"),
}
PAINTS = ("fill", "stroke")
PLAIN = re.compile(r"[A-Za-z0-9 ,.()%-]*")
NUMBER = re.compile(r"-?\d+\.\d{2,}")
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML has no way to write. The engine measures texts as XML and ends the whole process at
one of these, so none may come to it."""

XLINK = "{http://www.w3.org/1999/xlink}href"
IDLE = {("opacity", "1"), ("transform", "translate(0,0)"), ("stroke-dasharray", "1,0")}

_engine = Lock()
"""One drawing at a time in a process: two would each want the engine's memory."""


def link(path: str) -> str:
    """Return a page's path as a specification wants it in `href`; '' stays."""
    return HERE + path if path else ""


def svg(spec: dict[str, Any]) -> str:
    """Draw a specification as an `<svg>` for a page.

    Colours have become classes (`chart-fill-blue`, `chart-stroke-grid`), for `charts.css`. It has
    no ids, no style, no script. Its accessible name is the `description` of the specification.
    """
    import vl_convert

    spec = readable(spec)
    text = json.dumps(spec, ensure_ascii=False)
    with _engine:
        drawn = vl_convert.vegalite_to_svg(text, vl_version=VERSION, allowed_base_urls=[])
    return cleaned(drawn, name=spec.get("description", ""))


def png(spec: dict[str, Any], *, scale: float = 2) -> bytes:
    """Draw a specification as a picture on white, for documents."""
    import vl_convert

    text = json.dumps({**readable(spec), "background": "#ffffff"}, ensure_ascii=False)
    with _engine:
        drawn: bytes = vl_convert.vegalite_to_png(
            text, vl_version=VERSION, scale=scale, allowed_base_urls=[]
        )
    return drawn


def readable(value: Any) -> Any:
    """Return a specification whose texts the engine survives."""
    if isinstance(value, str):
        return UNREADABLE.sub("�", value)
    if isinstance(value, dict):
        return {name: readable(it) for name, it in value.items()}
    if isinstance(value, list | tuple):
        return [readable(it) for it in value]
    return value


def cleaned(drawn: str, *, name: str) -> str:
    """Return what may stand in a page of an SVG that the engine drew, named for the ear."""
    root = ET.fromstring(drawn)  # noqa: S314 - written by our own engine
    links = sum(1 for it in root.iter() if _kind(it) == "a" and _target(it))
    made = ET.Element("svg", {"class": "chart__drawing", "viewBox": root.get("viewBox", "")})
    made.set("width", root.get("width", ""))
    made.set("height", root.get("height", ""))
    made.set("role", "group" if links else "img")
    made.set("aria-label", name)
    made.extend(_content(root, is_tabbed=links <= TABBED))
    return ET.tostring(made, encoding="unicode", short_empty_elements=True)


def _content(parent: ET.Element, *, is_tabbed: bool) -> Iterator[ET.Element]:
    """Yield what is kept of an element's children; groups that say nothing are dissolved."""
    for child in parent:
        kind = _kind(child)
        if child.get("display") == "none":
            continue
        if kind == "a" and _target(child):
            yield _link(child, is_tabbed=is_tabbed)
        elif kind in {"a", "g"}:
            inside = list(_content(child, is_tabbed=is_tabbed))
            made = _made("g", child)
            if inside and made.attrib:
                made.extend(inside)
                yield made
            else:
                yield from inside
        elif kind in SHAPES:
            made = _made(kind, child)
            made.text = child.text
            made.extend(_content(child, is_tabbed=is_tabbed))
            if kind != "path" or (made.get("d") and made.get("class")):
                yield made


def _link(found: ET.Element, *, is_tabbed: bool) -> ET.Element:
    """Return a link into this product, with the words of its mark for the ear and the mouse."""
    made = ET.Element("a", {"href": _target(found)})
    words = next((it.get("aria-label", "") for it in found if it.get("aria-label")), "")
    if words:
        ET.SubElement(made, "title").text = words
    if not is_tabbed:
        made.set("tabindex", "-1")
    elif words:
        made.set("aria-label", words)
    made.extend(_content(found, is_tabbed=is_tabbed))
    return made


def _made(kind: str, found: ET.Element) -> ET.Element:
    """Return an element with what is known of another's attributes, colours as classes."""
    made = ET.Element(kind)
    classes = []
    for attribute in PAINTS:
        value = found.get(attribute, "")
        if value in {"none", "transparent"}:
            made.set(attribute, "none")
        elif value:
            classes.append(f"chart-{attribute}-{NAMES.get(value.lower(), 'ink')}")
    if classes:
        made.set("class", " ".join(classes))
    for attribute, value in found.items():
        if attribute in PLACES and (attribute, value) not in IDLE and PLAIN.fullmatch(value):
            made.set(attribute, NUMBER.sub(_rounded, value))
    return made


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.1f}".rstrip("0").rstrip(".")


def _kind(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _target(element: ET.Element) -> str:
    """Return the path that a link leads to in this product; '' for any other link."""
    address = element.get(XLINK) or element.get("href") or ""
    path = address.removeprefix(HERE)
    inside = address.startswith(HERE) and path.startswith("/") and not path.startswith("//")
    return path if inside else ""
