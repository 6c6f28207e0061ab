"""Markdown as people write it, to HTML that can do no harm."""

from collections.abc import Mapping
from functools import lru_cache

import nh3
from markupsafe import Markup

from pmo.domain import markdown

TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("li", "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr"),
    "ul",
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "span": {"title"}}
CLASSES = {"span": {"mention"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def to_html(text: str, people: Mapping[str, str] | None = None) -> Markup:
    """Return safe HTML: no pictures (they would call home), no raw HTML, links of known schemes.

    people: login → name of those whose mention is marked.
    """
    known = tuple(people.items()) if people and "@" in text else ()
    return _to_html(text, known)


@lru_cache(maxsize=1024)
def _to_html(text: str, people: tuple[tuple[str, str], ...]) -> Markup:
    drawn = markdown.render(text, dict(people))
    return Markup(  # noqa: S704 - sanitised in this very line
        nh3.clean(
            drawn,
            tags=TAGS,
            attributes=ATTRIBUTES,
            allowed_classes=CLASSES,
            url_schemes=SCHEMES,
            link_rel="noopener noreferrer nofollow",
        )
    )
