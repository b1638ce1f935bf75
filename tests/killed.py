"""Builds a repository again and again, and kills each build with SIGKILL at another moment.

    killed.py ROOT COUNT

Each build is of an input that differs from what is published. Prints a JSON object a kill, and
one at the end. Processes are forked from this one, which has loaded what a build loads: each
moment falls into the build itself.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sys
import time
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from brochure.pipeline import build

ROOT, COUNT = Path(sys.argv[1]).resolve(), int(sys.argv[2])
STYLE = ROOT / "overrides/styles/site.css"


def tree() -> str:
    """The hash of what is published, names and bytes."""
    digest = sha256()
    for path in sorted((ROOT / "dist").rglob("*")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        if path.is_file():
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def built() -> str:
    """The hash of the published folder after a whole build in a process of its own."""
    child = os.fork()
    if not child:
        build(ROOT)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    return tree()


inputs = [STYLE.read_text(encoding="utf-8") + f"/* {name} */\n" for name in ("one", "other")]
STYLE.write_text(inputs[0], encoding="utf-8")
build(ROOT)
whole: list[str] = []
seconds = math.inf
for text in reversed(inputs):
    STYLE.write_text(text, encoding="utf-8")
    start = time.monotonic()
    whole.insert(0, built())
    seconds = min(seconds, time.monotonic() - start)
assert whole[0] != whole[1]

published = 0
for number in range(COUNT):
    STYLE.write_text(inputs[1 - published], encoding="utf-8")
    moment = seconds * (number + 0.5) / COUNT
    child = os.fork()
    if not child:
        build(ROOT)
        os._exit(0)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    ended = os.waitpid(child, 0)[1]
    found = tree()
    print(
        json.dumps(
            {
                "moment": round(moment, 3),
                "killed": os.WIFSIGNALED(ended),
                "published": whole.index(found) if found in whole else "half",
                "expected": published if os.WIFSIGNALED(ended) else 1 - published,
                "left": len(list((ROOT / "build/making").rglob("*"))),
            }
        ),
        flush=True,
    )
    published = whole.index(found)
STYLE.write_text(inputs[1 - published], encoding="utf-8")
print(json.dumps({"seconds": round(seconds, 3), "cured": built() == whole[1 - published]}))
