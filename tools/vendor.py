"""Copy the few front-end files that the pages load from node_modules to static/vendor.

The list is explicit: of the 13 MB that the packages bring, a browser may load these files and no
others. Packages run no install scripts (see .npmrc), so the Makefile calls this after `npm ci`.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# From node_modules → to static/vendor.
FILES = {
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "sortablejs/Sortable.min.js": "sortablejs/Sortable.min.js",
    "sortablejs/LICENSE": "sortablejs/LICENSE",
    "swagger-ui-dist/swagger-ui.css": "swagger-ui/swagger-ui.css",
    "swagger-ui-dist/swagger-ui-bundle.js": "swagger-ui/swagger-ui-bundle.js",
    "swagger-ui-dist/LICENSE": "swagger-ui/LICENSE",
}


def main() -> int:
    """Fill static/vendor afresh; return 1 when a package lacks a file of the list."""
    source, target = ROOT / "node_modules", ROOT / "static" / "vendor"
    missing = [name for name in FILES if not (source / name).is_file()]
    if missing:
        print(f"tools/vendor.py: not in node_modules: {', '.join(missing)}", file=sys.stderr)
        return 1
    shutil.rmtree(target, ignore_errors=True)
    for name, wanted in FILES.items():
        path = target / wanted
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
