"""The full-text search: what is looked for, and what is found."""

from pmo.domain.search_kinds import SearchKind
from schemas import fields as f
from schemas.base import PageQuerySchema, QuerySchema, Schema

LONGEST = 200


class SearchQuerySchema(PageQuerySchema):
    """What is looked for, and where."""

    search = f.String(
        max_length=LONGEST,
        load_default="",
        description="Words in any form, a card's number, or a phrase in quotation marks. "
        "The last word may be unfinished unless a blank follows it.",
        example="отчёт сообщества",
    )
    project_id = f.Id(load_default=None, description="Only in this project.")
    kind = f.Enum(SearchKind, load_default=None, description="Only things of this kind.")
    page_size = f.Integer(
        low=1, high=100, load_default=20, description="How many on a page.", example=20
    )


class PieceSchema(Schema):
    """A piece of a text."""

    text = f.Plain(description="The piece, plain text.")
    is_match = f.StrictBoolean(description="It is a word that was looked for.")


class HitSchema(Schema):
    """A find."""

    kind = f.Enum(SearchKind, description="What sort of thing it is.")
    object_id = f.Number(description="Number of the thing, among those of its kind.")
    task_id = f.Number(allow_none=True, description="The card it belongs to; null if to none.")
    project_id = f.Number(description="The project it belongs to.")
    project_code = f.Plain(description="Code of that.", example="ШШ")
    project_name = f.Plain(description="Short name of that.")
    key = f.Plain(description="Number of the card, or code of the project.", example="ШШ-42")
    title = f.Plain(description="Title of the card, or name of the project.")
    name = f.Plain(description="Name of the file that was found; '' for other things.")
    text = f.List(
        f.Nested(PieceSchema, description="A piece."),
        description="The part of its texts that fits, piece by piece; may be empty.",
    )
    is_archived = f.StrictBoolean(description="The card is in the archive.")


class SearchPageSchema(Schema):
    """A page of finds."""

    items = f.List(f.Nested(HitSchema, description="A find."), description="The best first.")
    total = f.Number(description="How many were found, over all pages; 500 at most.")
    has_more = f.StrictBoolean(description="There are more than can be paged through.")
    page = f.Number(description="Which page this is, from 1.")
    page_size = f.Number(description="How many on a page.")


class PaletteQuerySchema(QuerySchema):
    """What was typed into the command palette, and on which page."""

    search = f.String(max_length=LONGEST, load_default="", description="What was typed.")
    at = f.String(max_length=500, load_default="", description="Address of the page.")
    visited = f.List(
        f.String(max_length=40, description="An address."),
        load_default=list,
        description="Addresses of pages that were looked at before, the last one first.",
        most=10,
    )
