"""The wire vocabulary of pages and API: what comes in is checked, what goes out is described."""
