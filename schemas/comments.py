"""Comments on tasks: what may be sent, and what is given back."""

from schemas import fields as f
from schemas.base import QuerySchema, Schema, Versioned

COMMENT_LENGTH = 10_000


class CommentSchema(Schema):
    """What to say."""

    text = f.Text(
        description="The text in Markdown; `@login` mentions a person of the project.",
        max_length=COMMENT_LENGTH,
        min_length=1,
        required=True,
        example="Спикеры **согласны**, @lev, можно печатать.",
    )


class CommentForm(Versioned, CommentSchema):
    """The form of a comment that is there."""


class CommentRemovalForm(Versioned, Schema):
    """The button that removes a comment."""


class DiscussionPageSchema(QuerySchema):
    """Where a page of comments begins."""

    before = f.Id(description="Only comments before this one, by its number in the task.")


class DiscussionQuerySchema(DiscussionPageSchema):
    """Which comments of a task are wanted, the latest first."""

    limit = f.Integer(description="How many at most.", low=1, high=100, load_default=30)


class PeopleQuerySchema(QuerySchema):
    """Whose name is being typed."""

    start = f.String(
        description="Start of a login or of a word of a name.", max_length=64, load_default=""
    )


class CommentViewSchema(Schema):
    """A comment."""

    id = f.Number(description="Number of the comment in addresses.")
    number = f.Number(description="Its number within the task.")
    task_id = f.Number(description="The task.")
    author = f.Plain(description="Name of its author; '' if a rule of the board wrote it.")
    author_login = f.Plain(description="Login of its author.")
    text = f.Plain(description="What it says, Markdown; '' if it was removed.")
    written_at = f.Moment(description="When it was written, UTC.")
    edited_at = f.Moment(allow_none=True, description="When it was last edited; null if never.")
    removed_at = f.Moment(allow_none=True, description="When it was removed; null if it was not.")
    removed_by = f.Plain(description="Name of the person who removed it; '' if nobody did.")
    version = f.Number(description="Counts edits. The first part of the ETag.")
    can_edit = f.StrictBoolean(description="Whether you may edit it.")
    can_remove = f.StrictBoolean(description="Whether you may remove it.")
    can_restore = f.StrictBoolean(description="Whether you may bring it back: it was removed.")
    mentions = f.List(
        f.Plain(description="A login."), description="Logins of the people it mentions."
    )


class DiscussionSchema(Schema):
    """Comments of a task, the latest first."""

    items = f.List(
        f.Nested(CommentViewSchema, description="A comment."), description="The latest first."
    )
    next_before = f.Number(
        allow_none=True,
        description="`before` of the page that follows; null when this is the last.",
    )
    total = f.Number(description="How many comments there are; removed ones do not count.")
    can_write = f.StrictBoolean(description="Whether you may comment.")


class WordingSchema(Schema):
    """What a comment said for a while."""

    text = f.Plain(description="The text, Markdown.")
    until = f.Moment(allow_none=True, description="When it was changed; null for the present one.")


class WordingsSchema(Schema):
    """The texts of a comment."""

    items = f.List(
        f.Nested(WordingSchema, description="A text."), description="The present one first."
    )


class PersonToMentionSchema(Schema):
    """Somebody whom a comment can mention."""

    login = f.Plain(description="Their login, to be written after @.")
    name = f.Plain(description="Their name.")


class PeopleToMentionSchema(Schema):
    """People whom a comment can mention."""

    items = f.List(f.Nested(PersonToMentionSchema, description="A person."), description="By name.")
