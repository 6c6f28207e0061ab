"""Notifications: which are wanted, and what is given out of them."""

from pmo.domain.vocabulary import Gate, NotificationKind
from schemas import fields as f
from schemas.base import QuerySchema, Schema

SHOWN = ("unread", "all")


class NotificationPageSchema(QuerySchema):
    """Which notifications a page shows."""

    show = f.Choice(SHOWN, description="Unread ones only, or all.", load_default="unread")
    kind = f.Enum(NotificationKind, description="Only of this kind.")
    before_id = f.Integer(
        description="Only those before this one: the last one of the page before.",
        low=1,
        high=999_999_999_999_999,
    )


class NotificationQuerySchema(NotificationPageSchema):
    """Which notifications are wanted, the latest first."""

    limit = f.Integer(description="How many at most.", low=1, high=100, load_default=30)


class UpToSchema(Schema):
    """How far one has read."""

    up_to = f.Integer(
        description="The latest that was seen: later ones stay unread; null for all.",
        allow_none=True,
        load_default=None,
        low=1,
        high=999_999_999_999_999,
        example=417,
    )


class ReadForm(Schema):
    """The button that marks one notification as read."""

    next = f.String(
        description="The page to come back to.", max_length=1_000, load_default="", example="/"
    )


class MutedSchema(Schema):
    """Whether a project tells of mentions alone."""

    is_muted = f.StrictBoolean(
        description="True: only mentions arrive. False: everything.", required=True, example=True
    )


class NotificationSchema(Schema):
    """One thing that you are told of."""

    id = f.Number(description="Its number; pages go on from it.")
    kind = f.Enum(NotificationKind, description="Why you are told.")
    at = f.Moment(description="When it happened, UTC.")
    is_read = f.StrictBoolean(description="You have read it.")
    project_id = f.Number(description="The project.")
    project_name = f.Plain(description="Its short name.")
    actor = f.Plain(description="Name of who did it; '' if a rule or the product.")
    rule = f.Plain(description="Name of the rule that did it, or was switched off; '' if none.")
    task_id = f.Number(allow_none=True, description="The task; null if it is of the project.")
    task_key = f.Plain(description="Its number as people say it; '' if none.")
    task_title = f.Plain(description="Its title; '' if none.")
    comment_id = f.Number(allow_none=True, description="The comment; null if none.")
    fragment = f.Plain(description="A piece of the comment; '' if none.")
    due_on = f.Date(allow_none=True, description="Of a reminder: the day it was due then.")
    gate = f.Enum(Gate, allow_none=True, description="The gate that was passed; null if none.")
    reason = f.Plain(description="Why the gate was passed; '' if none.")
    text = f.Plain(description="What a rule says; '' if none.")


class NotificationsSchema(Schema):
    """A page of your notifications, the latest first."""

    items = f.List(
        f.Nested(NotificationSchema, description="A notification."), description="Latest first."
    )
    next_before = f.Number(
        allow_none=True,
        description="`before_id` of the page that follows; null when this is the last.",
    )
    unread = f.Number(description="How many of all are unread, at most 100.")
