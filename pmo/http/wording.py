"""Translation with types: Flask-Babel does not say that it gives texts."""

import flask_babel


def _(message: str, **facts: object) -> str:
    """Return a message in the visitor's language, its `%(named)s` places filled."""
    return str(flask_babel.gettext(message, **facts))


def ngettext(one: str, many: str, num: int, **facts: object) -> str:
    """Return a message for one or for many, `%(num)d` of them."""
    return str(flask_babel.ngettext(one, many, num, **facts))
