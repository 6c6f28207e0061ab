"""`pmo search`: the index of the full-text search."""

import click

from pmo.cli.language import _
from pmo.cli.program import office, say
from pmo.services import search_index


@click.group("search", help=_("The index of the full-text search."))
def group() -> None:
    """Gather the sub-commands."""


@group.command(help=_("Make the search index anew from what is stored; the office may stay open."))
def rebuild() -> None:
    """Make the index anew."""
    with office():
        _said(search_index.rebuild())


def refresh() -> None:
    """Make the index anew if it was never built, or by the rules of another version."""
    if count := search_index.refresh():
        _said(count)


def _said(count: int) -> None:
    say(_("Search index built: entries {count}."), count=count)
