"""Figures of flow: everything from the journal of a project, as of any past moment."""
