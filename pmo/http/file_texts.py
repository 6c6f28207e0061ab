"""Files in words: how large, and what sort."""

from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

STEP = 1024
KINDS = {
    "application/pdf": _l("PDF document"),
    "application/rtf": _l("text document"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _l("Word document"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _l("Excel workbook"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": _l("presentation"),
    "application/vnd.oasis.opendocument.text": _l("text document"),
    "application/vnd.oasis.opendocument.spreadsheet": _l("workbook"),
    "application/vnd.oasis.opendocument.presentation": _l("presentation"),
    "application/x-ole-storage": _l("older Office document"),
    "application/zip": _l("ZIP archive"),
    "application/x-7z-compressed": _l("archive"),
    "application/vnd.rar": _l("archive"),
    "application/gzip": _l("archive"),
    "application/x-msdownload": _l("program"),
    "application/x-elf": _l("program"),
    "text/plain": _l("text"),
    "text/html": _l("web page"),
    "application/xml": _l("XML"),
}
FAMILIES = {"image": _l("picture"), "audio": _l("sound"), "video": _l("video")}


def size(count: int) -> str:
    """Return a number of bytes as people read it: 12 KB, 3.4 MB."""
    if count < STEP:
        return str(_("%(size)s B", size=count))
    kilobytes = count / STEP
    if kilobytes < STEP:
        return str(_("%(size)s KB", size=_number(kilobytes)))
    megabytes = kilobytes / STEP
    if megabytes < STEP:
        return str(_("%(size)s MB", size=_number(megabytes)))
    return str(_("%(size)s GB", size=_number(megabytes / STEP)))


def kind(media_type: str) -> str:
    """Return what sort of file it is by its content."""
    family = FAMILIES.get(media_type.partition("/")[0])
    return str(KINDS.get(media_type) or family or _("file"))


def _number(value: float) -> str:
    return format_decimal(value, "#,##0" if value >= 10 else "#,##0.#", locale=get_locale())  # noqa: PLR2004
