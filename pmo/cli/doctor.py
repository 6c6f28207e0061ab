"""`pmo doctor`: whether everything is as it should be."""

import click

from pmo import clock, migrations
from pmo.cli.language import _
from pmo.cli.program import Refused, office, require_current
from pmo.queries import doctor as queries
from pmo.queries.background import Expected
from pmo.queries.doctor import Finding
from pmo.services import clockwork

CHECKS = (_("migrations"), _("schema"))


@click.command(
    help=_("Check the database and the machine; exit code 1 when something is not as it should be.")
)
def doctor() -> None:
    """Print every check with what it found."""
    faults = 0
    with office(current=False) as settings:
        require_current()
        _print(Finding("migrations"))
        different = migrations.differences()
        faults += _print(
            Finding("schema", "{said}" if different else "", {"said": "; ".join(different)})
        )
        checks = queries.findings(
            now=clock.now(),
            data_dir=settings.data_dir,
            attachments_dir=settings.attachments_dir,
            expected=Expected(clockwork.names(), settings.background_minutes),
        )
        for finding in checks:
            faults += _print(finding)
    if faults:
        raise Refused(_("Faults: {count}.").format(count=faults))


def _print(finding: Finding) -> int:
    """Print a finding; return 1 for a fault, 0 if all is well."""
    if finding.is_well:
        click.echo("  ".join([_("ok   "), _(finding.check)]))
        return 0
    said = _(finding.fault).format(**finding.facts)
    click.echo("  ".join([_("FAULT"), f"{_(finding.check)}: {said}"]))
    return 1
