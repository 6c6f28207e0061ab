"""The demo portfolio: a data file, loaded when the demo is asked for."""
