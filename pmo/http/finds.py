"""Where a find is shown, and its marked words as HTML."""

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from pmo.domain.search_fragments import Fragment
from pmo.domain.search_kinds import SearchKind
from pmo.http.labels import label_of
from pmo.queries.search import Hit

ANCHORS = {
    SearchKind.PASSPORT: "passport",
    SearchKind.ATTACHMENT: "attachments",
}
"""Which part of its page shows a find; none for the page's own subject."""


def address(hit: Hit) -> str:
    """Return the address of the page, and the part of it, that shows a find."""
    anchor = ANCHORS.get(hit.kind)
    if hit.task_id is None:
        return url_for("projects.show", project_id=hit.project_id, _anchor=anchor)
    if hit.kind is SearchKind.COMMENT:
        anchor = f"comment-{hit.object_id}"
    return url_for("tasks.show", task_id=hit.task_id, _anchor=anchor)


def marked(fragment: Fragment) -> Markup:
    """Return a fragment as HTML: everything escaped, what was looked for in <mark>."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece.text) if piece.is_match else escape(piece.text)
        for piece in fragment
    )


def note(hit: Hit) -> str:
    """Return in a few words what a find is; of a card, its number says it."""
    said = [] if hit.kind is SearchKind.TASK else [str(label_of(hit.kind))]
    return " · ".join([*said, _("In the archive")] if hit.is_archived else said)
