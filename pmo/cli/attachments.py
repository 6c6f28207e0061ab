"""`pmo attachments`: the store of files."""

import click

from pmo import clock
from pmo.blobs import Store
from pmo.cli.language import _
from pmo.cli.program import office, say
from pmo.services import attachments as services

group = click.Group("attachments", help=_("The store of the files of cards."))


@group.command(
    help=_("Remove from the store what no card has had for a day. Safe while people work.")
)
def sweep() -> None:
    """Give room back."""
    with office() as settings:
        swept = services.sweep(store=Store(settings.attachments_dir), now=clock.now())
    say(_("Removed: files {files}, bytes {bytes}."), files=swept.files, bytes=swept.bytes)
