"""Background work: huey's queue, the worker that empties it, and how it lives beside the server."""
