"""What an operation of the API says of itself beside its schemas: errors, rights, headers."""

from http import HTTPStatus
from typing import Any

from marshmallow.validate import Regexp

from pmo.domain.permissions import READING, WITHOUT_TOKEN, Capability
from pmo.domain.vocabulary import TokenScope
from pmo.http import idempotency
from schemas import fields

NEVER = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
TEXT = f"^[^{NEVER}]*$"
FILLED_TEXT = rf"^[^{NEVER}]*[^\s\x85{NEVER}][^{NEVER}]*$"
LINE = rf"^[^\n\r{NEVER}]*$"
FILLED_LINE = rf"^[^\n\r{NEVER}]*[^\s\x85{NEVER}][^\n\r{NEVER}]*$"

SECURITY_SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token; the scope in brackets is the least that it needs.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "pmo_session",
        "description": "The session of the pages (`__Host-pmo_session` over HTTPS).",
    },
}
ADDRESSES = {
    "draft_id": "Number of the draft.",
    "attachment_id": "Number of the file.",
    "event_id": "Number of an event, from a history.",
    "board_id": "Number of the board.",
    "comment_id": "Number of the comment.",
    "blocker_id": "Number of the task that is waited for.",
    "column_id": "Number of the column.",
    "day": "The day, as 2026-11-04.",
    "evidence_id": "Number of the piece of evidence.",
    "item_id": "Number of the item of a checklist.",
    "field_id": "Number of the own field.",
    "filter_id": "Number of the saved filter.",
    "label_id": "Number of the label.",
    "move_rule_id": "Number of the rule of moves.",
    "wip_rule_id": "Number of the limit.",
    "automation_rule_id": "Number of the rule.",
    "board_template_id": "Number of the template.",
    "project_template_id": "Number of the template.",
    "template_key": "Key of a template that is built in.",
    "mark": "The sign-in's `mark`.",
    "note_id": "Number of the note.",
    "notification_id": "Number of the notification.",
    "programme_id": "Number of the programme.",
    "project_id": "Number of the project.",
    "recurrence_id": "Number of the recurring task.",
    "sprint_id": "Number of the sprint in addresses: `id`, not its number in the project.",
    "stage_id": "Number of the stage.",
    "strategic_project_id": "Number of the strategic project.",
    "task_id": "Number of the task in addresses: `id`, not the number that people say.",
    "token_id": "Number of the token.",
    "user_id": "Number of the person.",
    "year": "The year.",
}
"""What the parts of addresses are."""

KEY_PARAMETER = {
    "name": idempotency.HEADER,
    "in": "header",
    "required": False,
    "description": (
        "Chosen by you, new for each creation; a repeated request with it creates nothing more "
        "and gets the first answer's resource. Remembered for 24 hours."
    ),
    "schema": {"type": "string", "pattern": idempotency.PATTERN, "minLength": 1, "maxLength": 255},
    "example": "1f0c5c1e-6f0a-4a5c-9d5e-0d2b1c3a4f5e",
}
CREATED_HEADERS = {
    "Location": {
        "description": "Address of what was made.",
        "schema": {"type": "string"},
    },
    idempotency.REPLAYED: {
        "description": "`true` if it had been made by an earlier request with the same key.",
        "schema": {"type": "string", "enum": ["true"]},
    },
}


def complete(
    doc: dict[str, Any], doc_info: dict[str, Any], *, method: str, **_kwargs: Any
) -> dict[str, Any]:
    """Complete the document of one operation: its errors, who may call it, its headers."""
    capability: Capability = doc_info["capability"]
    responses = doc.setdefault("responses", {})
    body = "requestBody" in doc or "requestBody" in doc_info.get("manual_doc", {})
    names_object = doc_info["names_object"]
    for status in errors_of(capability, method=method, body=body, names_object=names_object):
        responses.setdefault(status, response_name(status))
    doc["responses"] = {status: responses[status] for status in sorted(responses)}
    doc["operationId"] = doc_info["operation_id"]
    doc["security"] = security_of(capability)
    if method == "post" and 201 in responses:  # noqa: PLR2004
        doc.setdefault("parameters", []).append(KEY_PARAMETER)
        responses[201].setdefault("headers", {}).update(CREATED_HEADERS)
    return doc


def errors_of(capability: Capability, *, method: str, body: bool, names_object: bool) -> list[int]:
    """Return the statuses that an operation can refuse with, beside its own.

    body: it takes one. names_object: its address names a thing, which may not be there.
    """
    statuses = [422]
    if capability is not Capability.PUBLIC:
        statuses += [401, 403]
    if names_object:
        statuses.append(404)
    if method != "get":
        statuses.append(409)
    if body:
        statuses += [400, 413, 415]
    return statuses


def security_of(capability: Capability) -> list[dict[str, list[str]]]:
    """Return the ways to be known to an operation: a token with a scope, a session."""
    if capability is Capability.PUBLIC:
        return []
    if capability in WITHOUT_TOKEN:
        return [{"session": []}]
    scope = TokenScope.READ if capability in READING else TokenScope.WRITE
    return [{"bearer": [scope.value]}, {"session": []}]


def response_name(status: int) -> str:
    """Return the name of a refusal among the document's components."""
    return HTTPStatus(status).name if status in set(HTTPStatus) else f"STATUS_{status}"


def text_pattern(_converter: Any, field: Any, **_kwargs: Any) -> dict[str, str]:
    """Say which characters a text may hold."""
    own = getattr(field, "validators", ())
    if not isinstance(field, fields.String) or any(isinstance(one, Regexp) for one in own):
        return {}
    if field.min_length:
        return {"pattern": FILLED_TEXT if field.multiline else FILLED_LINE}
    return {"pattern": TEXT if field.multiline else LINE}
