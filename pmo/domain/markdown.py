"""Markdown as people write it: what its parts are, and whom it mentions."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from pmo.domain.credentials import LOGIN_PATTERN

MARK = re.compile(rf"@({LOGIN_PATTERN})", re.IGNORECASE)
ENDINGS = ".-_"
"""Signs that a login may end with, and a sentence too."""

JOINING = frozenset(".-_+/@&=#~%\\")
"""Before a mention, beside letters and digits, these make an address of it."""

PEOPLE = "people"
"""Under this name the reader's knowledge of logins and names travels with a text."""


def render(text: str, people: Mapping[str, str] | None = None) -> str:
    """Return HTML, which is yet to be sanitised.

    people: login → name of those whose mention is marked; all others stay plain text.
    """
    return str(parser.render(text, {PEOPLE: people or {}}))


def mentioned(text: str, logins: Collection[str]) -> tuple[str, ...]:
    """Return those of the logins that a text mentions, each once, in the order of the text.

    Not in code, not in links, not in addresses.
    """
    found: dict[str, None] = {}
    for token in parser.parse(text, {PEOPLE: dict.fromkeys(logins, "")}):
        for child in token.children or ():
            if child.type == "mention":
                found[child.meta["login"]] = None
    return tuple(found)


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return what Markdown says, without its signs."""
    lines = (_plain_line(token) for token in parser.parse(text, {}))
    return " ".join(line for line in lines if line)


def fragment(text: str, around: str, *, length: int = 160) -> str:
    """Return a piece of a text on one line, with what it is sought for in it, if that is there."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    place = max(0, line.lower().find(around.lower()) - length // 3)
    start = 0 if place == 0 else line.find(" ", place) + 1 or place
    piece = line[start : start + length].rstrip()
    return f"{'…' if start else ''}{piece}{'…' if start + length < len(line) else ''}"


def _plain_line(token: Token) -> str:
    if token.type in {"fence", "code_block"}:
        return token.content
    return "".join(
        child.content or (" " if child.type.endswith("break") else "")
        for child in token.children or ()
    )


def split(text: str, before: str, logins: Collection[str]) -> Iterator[tuple[str, str | None]]:
    """Cut plain text into pieces: (text, login that it mentions or None), nothing lost.

    before: the sign in front of the text, '' for none.
    """
    start = 0
    for match in MARK.finditer(text):
        sign = text[match.start() - 1 : match.start()] or before
        login = _known(match[1].lower(), text[match.end() :], logins)
        if login is None or sign.isalnum() or sign in JOINING:
            continue
        end = match.start() + 1 + len(login)
        yield text[start : match.start()], None
        yield text[match.start() : end], login
        start = end
    yield text[start:], None


def _known(written: str, after: str, logins: Collection[str]) -> str | None:
    """Return the login that is meant: the whole, or without the stop at its end."""
    if after[:1] == "@" or after[:1].isalnum():
        return None
    while written not in logins:
        if written[-1:] not in ENDINGS:
            return None
        written = written[:-1]
    return written


def _mark_mentions(state: StateCore) -> None:
    """Cut the mentions out of the plain texts of every line, outside links."""
    people = state.env.get(PEOPLE)
    if not people or "@" not in state.src:
        return
    for line in state.tokens:
        if line.type == "inline" and "@" in line.content:
            line.children = list(_with_mentions(line.children or [], people))


def _with_mentions(tokens: list[Token], people: Mapping[str, str]) -> Iterator[Token]:
    links, before = 0, ""
    for token in tokens:
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not links:
            yield from _pieces(token, before, people)
        else:
            yield token
        before = token.content[-1:] if token.type.startswith("text") else ""


def _pieces(token: Token, before: str, people: Mapping[str, str]) -> Iterator[Token]:
    for text, login in split(token.content, before, people):
        if login is not None:
            meta = {"login": login, "name": people[login]}
            yield Token("mention", "", 0, content=text, meta=meta, level=token.level)
        elif text:
            yield Token("text", "", 0, content=text, level=token.level)


def _draw_mention(
    _renderer: RendererHTML, tokens: list[Token], index: int, _options: Any, _env: Any
) -> str:
    """Draw the name of the person; the login is what was written."""
    token = tokens[index]
    name = token.meta["name"] or token.content[1:]
    return f'<span class="mention" title="{escape(token.content)}">@{escape(name)}</span>'


parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(
    ["table", "strikethrough"]
)
# Before texts are joined: an escaped \@ is a piece of its own until then.
parser.core.ruler.before("text_join", "mentions", _mark_mentions)
parser.add_render_rule("mention", _draw_mention)
