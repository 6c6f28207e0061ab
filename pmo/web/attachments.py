"""The files of a task: attach, save, look at a picture, remove."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, files
from pmo.http.access import requires
from pmo.queries import attachments as queries
from pmo.services import attachments as services
from pmo.web import sections
from pmo.web.undo_offers import Undo, offer
from schemas.attachments import UploadForm

bp = Blueprint("attachments", __name__)

SECTION = "tasks/show/_attachments.html"


@bp.post("/tasks/<int:task_id>/attachments")
@requires(Capability.TASK_EDIT)
def create(task_id: int) -> ResponseReturnValue:
    """Attach files, all of them or none."""
    files.allow_several()
    UploadForm().load(request.form)
    uploads = [
        services.Upload(file.filename, file.stream)
        for file in request.files.getlist("files")
        if file.filename
    ]
    services.attach(
        task_id,
        uploads,
        store=current.store(),
        room=files.room(),
        actor=current.actor(),
        at=clock.now(),
    )
    return _changed(task_id)


@bp.get("/attachments/<int:attachment_id>")
@requires(Capability.PROJECT_READ)
def show(attachment_id: int) -> Response:
    """Give a file to be saved."""
    return files.download(queries.attachment(attachment_id, current.actor()))


@bp.get("/attachments/<int:attachment_id>/preview")
@requires(Capability.PROJECT_READ)
def preview(attachment_id: int) -> Response:
    """Show a picture."""
    return files.preview(queries.attachment(attachment_id, current.actor()))


@bp.post("/attachments/<int:attachment_id>/removal")
@requires(Capability.TASK_EDIT)
def destroy(attachment_id: int) -> ResponseReturnValue:
    """Remove a file from its task."""
    fact = services.remove(attachment_id, actor=current.actor(), at=clock.now())
    return _changed(fact.task_id, offer(fact.event_id, _("The file is removed.")))


def _changed(task_id: int, undo: Undo | None = None) -> ResponseReturnValue:
    found = queries.of_task(task_id, current.actor())
    return sections.changed(task_id, SECTION, anchor="attachments", undo=undo, attachments=found)
