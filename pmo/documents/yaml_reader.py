"""YAML as portfolio files use it: mappings, lists and plain values, and nothing that bites.

Built from parser events with a stack of its own, so that neither depth nor anchors can
hurt. Refused: anchors and aliases, tags, several documents, repeated keys. A date
stays the text it is; only null, booleans and numbers are resolved, as in YAML 1.2.
"""

import re
from typing import Any

import yaml

from pmo.documents import limits
from pmo.errors import FileRefused

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NULLS = {"", "~", "null", "Null", "NULL"}
BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
FRACTION = re.compile(r"[-+]?[0-9]{1,18}(\.[0-9]{0,30})?([eE][-+]?[0-9]{1,3})?")


def _(message: str) -> str:
    return message


def read(text: str) -> Any:
    """Return the value of a YAML text; raises FileRefused, with the line of the fault."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        template = _("This is not YAML, line {line}: {problem}")
        line = mark.line + 1 if mark else 1
        raise limits.refusal(template, line=line, problem=error.problem or "") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise limits.refusal(_("This is not YAML: {problem}"), problem=str(error)) from error
    return builder.result


def resolve(text: str) -> Any:
    """Return what an unquoted text means: null, a boolean, a number, or the text itself."""
    if text in NULLS:
        return None
    if text in BOOLEANS:
        return BOOLEANS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    if FRACTION.fullmatch(text):
        return float(text)
    return text


class _Builder:
    """Puts events together; `open` holds the lists and mappings that are not ended yet."""

    def __init__(self) -> None:
        self.result: Any = None
        self.open: list[list[Any] | dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.documents = 0
        self.values = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._check(event)
            bare = event.implicit[0]
            self._add(event, resolve(event.value) if bare else event.value)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start(event, [])
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise _refused(event, _("Line {line}: anchors and aliases are not taken."))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _refused(event, _("Line {line}: a second document begins."))

    def _start(self, event: yaml.Event, value: list[Any] | dict[str, Any]) -> None:
        self._check(event)
        self._add(event, value)
        self.open.append(value)
        self.keys.append(None)
        if len(self.open) > limits.MAX_DEPTH:
            raise limits.refusal(limits.TOO_DEEP, depth=limits.MAX_DEPTH)

    def _check(self, event: Any) -> None:
        if event.anchor is not None:
            raise _refused(event, _("Line {line}: anchors and aliases are not taken."))
        if event.tag is not None:
            raise _refused(event, _("Line {line}: tags are not taken."))
        self.values += 1
        if self.values > limits.MAX_VALUES:
            raise limits.refusal(limits.TOO_MANY, count=limits.MAX_VALUES)

    def _add(self, event: yaml.Event, value: Any) -> None:
        if not self.open:
            self.result = value
            return
        holder = self.open[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif self.keys[-1] is None:
            self.keys[-1] = self._key(event, holder, value)
        else:
            holder[self.keys[-1]] = value
            self.keys[-1] = None

    def _key(self, event: yaml.Event, holder: dict[str, Any], value: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise _refused(event, _("Line {line}: a key must be a text."))
        key = event.value
        if key in holder:
            raise _refused(event, _("Line {line}: the key “{key}” stands here twice."), key=key)
        return str(key)


def _refused(event: Any, template: str, **facts: Any) -> FileRefused:
    return limits.refusal(template, line=event.start_mark.line + 1, **facts)
