"""Charts: one Vega-Lite specification each, as a plain dict, and its drawing.

`sprints`, `flow` and `forecasts` have a function for each chart: rows of numbers in, specification
out. `drawing` turns a specification into SVG for a page or PNG for a document. Words come in from
outside, in the reader's language; how days and numbers are written follows from the language too.
"""
