"""`licences.py FROM TO`: write TO/vendor.txt, which says what TO/vendor.js was bundled from.

FROM holds the packages and the bundler's account of what it took (`parts.json`). The file names
the bundle's SHA-256, then each package with version and licence, and each licence's text once.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

_PACKAGE = re.compile(r"(.*node_modules/(?:@[^/]+/)?[^/]+)/")


def main(packages: Path, site: Path) -> None:
    """Write `vendor.txt` beside the bundle, from the packages that esbuild took."""
    bundle = (site / "vendor.js").read_bytes()
    (made,) = json.loads((packages / "parts.json").read_text("utf-8"))["outputs"].values()
    parts = [part for part, taken in made["inputs"].items() if taken["bytesInOutput"]]
    folders = sorted({match[1] for part in parts if (match := _PACKAGE.match(part))})
    lines = [f"vendor.js sha256 {hashlib.sha256(bundle).hexdigest()}", ""]
    texts: dict[str, list[str]] = {}
    for folder in folders:
        about = json.loads((packages / folder / "package.json").read_text("utf-8"))
        name = f"{about['name']} {about['version']}"
        lines.append(f"{name}: {about.get('license', 'see below')}")
        for file in sorted((packages / folder).iterdir()):
            if file.is_file() and re.match("licen[cs]e|copying|notice", file.name, re.IGNORECASE):
                text = file.read_text("utf-8", errors="replace").replace("\r\n", "\n").strip()
                texts.setdefault(text, []).append(name)
    for text, names in texts.items():
        lines += ["", "-" * 80, *names, "", text]
    (site / "vendor.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
