"""Rules of a board, and what became of their acts, as sentences for people."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext

from pmo.domain.vocabulary import AutomationAction, AutomationTrigger
from pmo.http import error_texts
from pmo.queries.automation import AutomationRuleView, AutomationRunView


def sentence(rule: AutomationRuleView) -> str:
    """Return a rule in words: when, and what then."""
    when = _when(rule)
    return f"{when[:1].upper()}{when[1:]} → {_then(rule)}"


def reason(run: AutomationRunView | None) -> str:
    """Return why an act was refused, in the visitor's language; '' if it was not."""
    note = run.note if run else {}
    template = note.get("template")
    return error_texts.translated(template, note.get("facts")) if template else ""


def gone(names: Iterable[str]) -> str:
    """Say which rules went with what they named."""
    quoted = ", ".join(str(_("“%(name)s”", name=name)) for name in names)
    return str(_("Rules of the automation that named it are removed too: %(names)s", names=quoted))


def _when(rule: AutomationRuleView) -> str:
    if rule.trigger is AutomationTrigger.MOVED:
        return str(_("A card comes into “%(name)s”", name=rule.column_name))
    if rule.trigger is AutomationTrigger.BLOCKED:
        return str(_("A card is blocked"))
    if rule.trigger is AutomationTrigger.CHECKLIST_DONE:
        return str(_("The checklist is done"))
    if rule.trigger is AutomationTrigger.DUE:
        left = ngettext("%(num)d day is left", "%(num)d days are left", rule.days or 0)
        return str(left)
    idle = ngettext(
        "A card has not moved for %(num)d day",
        "A card has not moved for %(num)d days",
        rule.days or 0,
    )
    return f"{idle} ({rule.column_name})" if rule.column_name else str(idle)


def _then(rule: AutomationRuleView) -> str:
    if rule.action is AutomationAction.ASSIGN:
        return str(_("assign %(name)s", name=rule.user_name))
    if rule.action is AutomationAction.LABEL:
        return str(_("add the label “%(name)s”", name=rule.label_name))
    if rule.action is AutomationAction.MOVE:
        return str(_("move it to “%(name)s”", name=rule.target_name))
    if rule.action is AutomationAction.COMMENT:
        return str(_("comment: “%(text)s”", text=rule.text))
    return str(_("tell its people and the lead: “%(text)s”", text=rule.text))
