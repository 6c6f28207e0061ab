"""Commands: the only code that writes; each in one transaction, with its journal event."""
