"""Files of cards at the door: how much may come, and how they go out."""

import logging
from datetime import datetime
from typing import IO, BinaryIO

from flask import Response, request

from pmo.documents import portfolio_file, portfolio_zip
from pmo.domain.permissions import Actor
from pmo.errors import NotFound
from pmo.http import current, downloads
from pmo.queries.attachments import AttachmentView
from pmo.services.attachments import MEGABYTE, Keeping, Room
from pmo.services.portfolio_files import Imported

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


def keeping() -> Keeping:
    """Return where this office keeps files, and how much of them."""
    return Keeping(current.store(), room())


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


def portfolio(actor: Actor, at: datetime) -> Response:
    """Give the whole portfolio with its files; written to the disk first, it may be large."""
    target = current.store().scratch()
    try:
        portfolio_zip.write(target, store=current.store(), actor=actor, at=at)
    except BaseException:
        target.close()
        raise
    size = target.tell()
    target.seek(0)
    response = Response(downloads.SentOnce(target), direct_passthrough=True)
    response.headers["Content-Type"] = portfolio_zip.MEDIA_TYPE
    response.headers["Content-Length"] = str(size)
    name = f"portfolio-{current.today().isoformat()}.zip"
    response.headers["Content-Disposition"] = downloads.disposition(name)
    return response


def take_portfolio(source: IO[bytes], form: str, actor: Actor, at: datetime) -> Imported:
    """Take a portfolio file of any form. Raises FileRefused, PortfolioNotEmpty, Forbidden."""
    settings = current.settings()
    if form == "zip":
        most = settings.office_quota_mb
        store = current.store()
        return portfolio_zip.read(source, store=store, most_mb=most, actor=actor, at=at)
    most = settings.max_upload_mb
    data = source.read(most * MEGABYTE + 1)
    return portfolio_file.import_file(data, format=form, actor=actor, at=at, max_mb=most)


def _opened(file: AttachmentView) -> BinaryIO:
    try:
        return current.store().path(file.sha256).open("rb")
    except OSError as error:
        log.error("lost attachment=%s sha256=%s", file.id, file.sha256)  # noqa: TRY400
        raise NotFound(kind="file") from error
