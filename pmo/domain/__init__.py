"""Rules and figures: pure functions over plain values, no input or output."""
