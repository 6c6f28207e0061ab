"""The files of tasks."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, files, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import attachments as queries
from pmo.services import attachments as services
from schemas.attachments import AttachmentListSchema, AttachmentSchema, UploadForm, UploadSchema

bp = ApiBlueprint("Files", __name__, description="Files attached to tasks.")

BYTES = {"type": "string", "format": "binary", "description": "The file as it was attached."}


@bp.route("/tasks/<int:task_id>/attachments")
@bp.response(200, AttachmentListSchema)
@requires(Capability.PROJECT_READ)
def index(task_id: int) -> Any:
    """List the files of a task.

    In the order they came.
    """
    return {"items": queries.of_task(task_id, current.actor())}


@bp.route("/tasks/<int:task_id>/attachments", methods=["POST"])
@bp.arguments(UploadSchema, location="files")
@bp.response(201, AttachmentSchema)
@requires(Capability.TASK_EDIT)
def create(sent: Mapping[str, Any], task_id: int) -> Any:
    """Attach a file to a task.

    One for each request. Its type is told by its content. 409 if there is no room for it.
    """
    UploadForm().load(request.form)
    file = sent["file"]
    actor, at = current.actor(), clock.now()
    upload = services.Upload(file.filename or "", file.stream)

    def attach() -> int:
        [made] = services.attach(
            task_id, [upload], store=current.store(), room=files.room(), actor=actor, at=at
        )
        return made

    made = idempotency.once(attach, payload=idempotency.of_file(file.filename, file.stream))
    found = queries.attachment(made.id, actor)
    return found, 201, made.headers("Files.show", attachment_id=made.id)


@bp.route("/attachments/<int:attachment_id>")
@bp.response(200, AttachmentSchema)
@requires(Capability.PROJECT_READ)
def show(attachment_id: int) -> Any:
    """Get what is known of a file.

    Its bytes are at `content`.
    """
    return queries.attachment(attachment_id, current.actor())


@bp.route("/attachments/<int:attachment_id>/content")
@bp.response(200, BYTES, content_type="application/octet-stream")
@requires(Capability.PROJECT_READ)
def content(attachment_id: int) -> Response:
    """Get a file.

    To be saved, never to be shown: it is sandboxed. Its ETag is the hash of its content.
    """
    return files.download(queries.attachment(attachment_id, current.actor()))


@bp.route("/attachments/<int:attachment_id>", methods=["DELETE"])
@bp.response(204)
@requires(Capability.TASK_EDIT)
def destroy(attachment_id: int) -> None:
    """Remove a file from its task.

    Needs no If-Match: a file is never edited.
    """
    services.remove(attachment_id, actor=current.actor(), at=clock.now())
