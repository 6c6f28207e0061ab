"""Files of cards at the door: how much may come, and how they go out."""

import logging
from typing import BinaryIO

from flask import Response, request

from pmo.errors import NotFound
from pmo.http import current, downloads
from pmo.queries.attachments import AttachmentView
from pmo.services.attachments import MEGABYTE, Room

log = logging.getLogger("pmo.files")

SEVERAL = 4
"""How many of the largest files one request may bring; small ones more."""


def allow_several() -> None:
    """Let this request be larger than one file. Before its body is read."""
    request.max_content_length = (current.settings().max_upload_mb * SEVERAL + 1) * MEGABYTE


def room() -> Room:
    """Return how much this office keeps."""
    settings = current.settings()
    return Room(
        settings.max_upload_mb * MEGABYTE,
        settings.project_quota_mb * MEGABYTE,
        settings.office_quota_mb * MEGABYTE,
    )


def download(file: AttachmentView) -> Response:
    """Give a file to be saved. Raises NotFound."""
    content = _opened(file)
    return downloads.attachment(
        content, name=file.name, media_type=file.media_type, size=file.size, tag=file.sha256
    )


def preview(file: AttachmentView) -> Response:
    """Give a picture to be shown. Raises NotFound for what is none."""
    if not file.has_preview:
        raise NotFound(kind="preview")
    content = _opened(file)
    return downloads.picture(content, media_type=file.media_type, size=file.size, tag=file.sha256)


def _opened(file: AttachmentView) -> BinaryIO:
    try:
        return current.store().path(file.sha256).open("rb")
    except OSError as error:
        log.error("lost attachment=%s sha256=%s", file.id, file.sha256)  # noqa: TRY400
        raise NotFound(kind="file") from error
