"""What an editor is shown when somebody else has saved the same thing meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmo.http.forms import Form


@dataclass(frozen=True, slots=True)
class Theirs:
    """A field that is different by now. text: as it is saved."""

    label: str
    text: str


def theirs(form: Form, saved: Mapping[str, str], labels: Mapping[str, object]) -> list[Theirs]:
    """Return the fields where what is saved differs from what was typed over an older version.

    saved: the present values as the form's fields show them, the version among them.
    Empty while the form is of the present version.
    """
    if form.value("version") == saved["version"]:
        return []
    return [
        Theirs(str(label), saved[name])
        for name, label in labels.items()
        if _plain(form.value(name)) != _plain(saved[name])
    ]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
