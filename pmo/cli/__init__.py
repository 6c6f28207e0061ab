"""The `pmo` command: one module for each group of sub-commands."""

from pmo.cli import (
    attachments,
    clockwork,
    database,
    demo,
    doctor,
    figures,
    generated,
    portfolio,
    search,
    server,
    users,
)
from pmo.cli.language import _
from pmo.cli.program import Program

program = Program(
    "pmo",
    help=_("An agile project office. Settings come from PMO_* environment variables."),
)
program.add_command(server.serve)
program.add_command(database.group)
program.add_command(demo.group)
program.add_command(users.group)
program.add_command(portfolio.import_)
program.add_command(portfolio.export)
program.add_command(search.group)
program.add_command(figures.group)
program.add_command(attachments.group)
program.add_command(doctor.doctor)
program.add_command(clockwork.tick)
program.add_command(clockwork.work)
program.add_command(generated.openapi)
program.add_command(generated.schema)


def main() -> None:
    """Run the command line; the console script of the package."""
    program()
