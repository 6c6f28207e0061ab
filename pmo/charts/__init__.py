"""Charts: one Vega-Lite specification each, as a plain dict, and its drawing as SVG."""
