"""`make bench`: this program beside MkDocs and Hugo, each as a whole process, in turn.

What is measured is processor time, user and system, with that of all child processes: it depends
less than the clock on what else a machine does. A time counts only if the output is right: the
number of inhabitants of one city stands on its page in both languages, on the front page or in the
table of all cities, and in the search index. Of the preview it is the clock's seconds from saving
an edit until the page of the city, asked for again and again, has the new number.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench import data, lighthouse

ROOT = Path(__file__).parent.parent
PEERS = ROOT / "build/bench/venv/bin"
WORK = ROOT / "build/bench"
RESULTS, README = ROOT / "bench/results.md", ROOT / "README.md"
# The city that is edited, and how often each thing is measured at each size.
EDITED = 3
RUNS = {5: 5, 100: 5, 1000: 1}
# Charts, the site's letters and the pictures for sharing, as the cache keeps them.
DRAWN = ("charts", "webfonts", "pixels")


@dataclass(frozen=True)
class Time:
    """Seconds of processor and clock, and the most memory that one process held, in MB."""

    cpu: float
    wall: float
    memory: int


@dataclass(frozen=True)
class Site:
    """A generator with its data: how it is run, what it makes, and what it remembers."""

    name: str
    folder: Path
    command: Sequence[str | Path]
    out: str
    data: str
    # Files in which the number must stand, with `{city}` for the city's name.
    shown: Sequence[str]
    # What an earlier build left that a clean one does not have.
    left: Sequence[str]
    # The preview, without the port that stands last in its command.
    preview: Sequence[str | Path] = ()

    def run(self) -> Time:
        """Build once. Raises CalledProcessError."""
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, self.command)), cwd=self.folder, env=_environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        if process.returncode:
            sys.exit(f"{self.name}: {said.decode()}")
        unit = 1 if sys.platform == "darwin" else 1024
        return Time(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit // 1_000_000)

    def clean(self) -> None:
        """Remove what a clean build does not have."""
        for name in (*self.left, self.out):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit(self, edits: int) -> None:
        """Change the inhabitants of one city, the `edits`-th time."""
        name = data.city_ids(EDITED)[-1]
        data.edit(self.folder / self.data / f"{name}.yaml", name, EDITED, edits)

    def latency(self, edits: int) -> list[float]:
        """Start the preview, edit a city so often, and give the seconds until each is seen."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [*map(str, self.preview[:-1]), f"{self.preview[-1]}{port}"]
        process = subprocess.Popen(
            command, cwd=self.folder, env=_environment(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}/en/cities/{data.city_ids(EDITED)[-1]}/"
        try:
            _seen(address, data.shown(data.population(EDITED)))
            times = []
            for edit in range(1, edits + 1):
                # Until what watches the files has looked at them all once.
                time.sleep(2)
                start = time.perf_counter()
                self.edit(edit)
                _seen(address, data.shown(data.population(EDITED, edit)))
                times.append(time.perf_counter() - start)
            return times
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def check(self, edits: int) -> None:
        """Stop unless the number stands wherever it should."""
        value = data.shown(data.population(EDITED, edits))
        for place in self.shown:
            file = self.folder / self.out / place.format(city=data.city_ids(EDITED)[-1])
            if value not in file.read_text(encoding="utf-8"):
                sys.exit(f"{self.name}: {value} is missing in {file}")


# How long a preview may take to show an edit, in seconds.
PATIENCE = 300


def _seen(address: str, words: str) -> None:
    """Wait until a page has these words."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(address) as answer:
            if words in answer.read().decode():
                return
        time.sleep(0.01)
    sys.exit(f"{words} is not seen at {address}")


PAGES = ("cities/{city}/index.html", "en/cities/{city}/index.html", "index.html", "en/index.html")


def sites(folder: Path, count: int) -> list[Site]:
    """The three generators with their data for `count` cities."""
    made = []
    for name, write in (("this", data.ours), ("stock", data.stock), ("hugo", data.hugo)):
        if name == "hugo" and not (PEERS / "hugo").exists():
            continue
        place = folder / f"{name}-{count}"
        shutil.rmtree(place, ignore_errors=True)
        write(place, count)
        made.append(place)
    this, stock, *others = made
    index, own = "search/search_index.json", "search/ko.json"
    program = [sys.executable, ROOT / "build.py", "--root", ".", "site", "--pages"]
    mkdocs = [PEERS / "mkdocs", "build", "--quiet"]
    hugo = [PEERS / "hugo", "--quiet", "--cleanDestinationDir"]
    return [
        Site(
            "this",
            this,
            program,
            "build/pages",
            "data/cities",
            [*PAGES, own],
            ["build/cache"],
            [*program[:4], "serve", "--port="],
        ),
        Site(
            "stock",
            stock,
            mkdocs,
            "site",
            "data",
            [*PAGES, index],
            [],
            [PEERS / "mkdocs", "serve", "--quiet", "--watch=data", "--dev-addr=127.0.0.1:"],
        ),
        *(
            Site("hugo", one, hugo, "public", "data", [*PAGES, "index.json"], ["resources"])
            for one in others
        ),
    ]


def measured(count: int, runs: int, drawn: Path) -> dict[str, dict[str, Time]]:
    """The median time of each step of each generator at a size."""
    generators = sites(WORK / "sites", count)
    # What is drawn is no part of the pages that are compared: the peers draw nothing.
    print(f"{count} cities: drawing", flush=True)
    this = generators[0]
    this.run()
    shutil.rmtree(drawn, ignore_errors=True)
    for kind in DRAWN:
        shutil.copytree(this.folder / "build/cache" / kind, drawn / kind)
    times: dict[str, dict[str, list[Time]]] = {}

    def note(site: Site, step: str, done: Time, edits: int) -> None:
        site.check(edits)
        times.setdefault(site.name, {}).setdefault(step, []).append(done)
        print(f"  {site.name:6}{step:10}{done.cpu:8.2f} s", flush=True)

    for turn in range(runs):
        for site in generators:
            site.clean()
            if site.name == "this":
                shutil.copytree(drawn, site.folder / "build/cache")
            note(site, "clean", site.run(), 0 if site.name == "stock" else turn)
            if site.name == "this":
                note(site, "unchanged", site.run(), turn)
            # MkDocs builds everything again: its edit is its clean build.
            if site.name != "stock":
                site.edit(turn + 1)
                note(site, "edited", site.run(), turn + 1)
    return {
        name: {step: _median(all_) for step, all_ in steps.items()} for name, steps in times.items()
    }


def previews(count: int, edits: int) -> dict[str, float]:
    """The median seconds from an edit to the page in the preview, by generator."""
    watched = [one for one in sites(WORK / "previews", count) if one.preview]
    return {one.name: statistics.median(one.latency(edits)) for one in watched}


def _median(times: Sequence[Time]) -> Time:
    middle = statistics.median
    return Time(
        middle(one.cpu for one in times),
        middle(one.wall for one in times),
        max(one.memory for one in times),
    )


def _environment() -> Mapping[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1"}


STEPS = ("render", "site", "brochures", "audit")
TARGETS = {
    "clean": {5: 0.65, 100: 0.35, 1000: 0.25},
    "edited": {5: 0.30, 100: 0.10, 1000: 0.02},
    "unchanged": {5: 0.20, 100: 0.05, 1000: 0.01},
}


def table(results: Mapping[int, Mapping[str, Mapping[str, Time]]]) -> str:
    """The times with their ratios to the stock tools' clean build of the same size."""
    lines = [
        "| cities | build | this, CPU s | wall s | MB | stock, clean | ratio | aim | Hugo |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for count, times in results.items():
        stock = times["stock"]["clean"].cpu
        for step, done in times["this"].items():
            hugo = times.get("hugo", {}).get(step)
            lines.append(
                f"| {count:,} | {step} | {done.cpu:.2f} | {done.wall:.2f} | {done.memory} "
                f"| {stock:.2f} | {done.cpu / stock:.3f} | {TARGETS[step].get(count, '')} "
                f"| {f'{hugo.cpu:.2f}' if hugo else ''} |"
            )
    return "\n".join(lines) + "\n"


# The sizes at which the preview is measured, with the aim: a ratio to the stock preview.
LATENCIES = {5: 0.4, 100: 0.1}


def latencies(seen: Mapping[int, Mapping[str, float]]) -> str:
    """The seconds of the preview, with their ratios to the stock one, in words."""
    told = [
        f"{times['this']:.2f} s at {size} cities, {times['stock']:.2f} s stock "
        f"({times['this'] / times['stock']:.2f}; aim {LATENCIES[size]})"
        for size, times in seen.items()
    ]
    return f"From saving an edit to the page in the preview: {'; '.join(told)}.\n\n" if told else ""


def whole() -> str:
    """How long this publication takes with nothing kept, printed and drawn; in words."""
    folder = WORK / "whole"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("charts", "content", "data", "macros", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)

    def build() -> dict[str, float]:
        """The numbers of a build's summary, by the word behind or before them."""
        command = [sys.executable, ROOT / "build.py", "--root", folder, "--language", "en", "site"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        found = re.findall(r"(\d+) (drawn|printed)\b", done)
        found += [
            (seconds, step) for step, seconds in re.findall(r"\b([a-z]+) ([0-9.]+) s\b", done)
        ]
        return {word: float(number) for number, word in found}

    cold = build()
    # Once more without the pages, with and without the charts: what the charts add to rendering is
    # their drawing.
    steps = []
    for lacking in (["pages", "charts"], ["pages"]):
        for kind in lacking:
            shutil.rmtree(folder / "build/cache" / kind)
        (folder / "build/dist.seal").unlink()
        steps.append(build()["render"])
    charts = cold["drawn"] / max(steps[0] - steps[1], 0.01)
    split = ", ".join(f"{name} {cold[name]:.1f} s" for name in STEPS)
    return (
        f"The five cities from nothing, both editions of {cold['printed']:.0f} documents: "
        f"{sum(cold[name] for name in STEPS):.1f} s ({split}); "
        f"{charts:.1f} charts and {cold['printed'] / cold['brochures']:.2f} documents a second.\n"
    )


def machine() -> str:
    """What this ran on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    return f"{os.cpu_count()} × {model}, {platform.system()}, Python {platform.python_version()}"


def peers() -> str:
    """The peers with their versions."""
    names = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "mkdocs-macros-plugin", "hugo")
    asked = "import importlib.metadata as m, sys; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep=', ')"  # noqa: E501
    done = subprocess.run(
        [PEERS / "python", "-c", asked, *names], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def record(part: str, text: str) -> None:
    """Put what was measured last between the marks of a part, in the results and the README."""
    for file in (RESULTS, README):
        before = file.read_text(encoding="utf-8")
        marks = re.compile(rf"(?<=<!--{part}-->\n).*?(?=<!--/{part}-->)", re.DOTALL)
        assert marks.search(before), f"{file.name} has no place for {part}"
        file.write_text(marks.sub(lambda _: f"{text}\n", before), encoding="utf-8")
    print(text)


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--sizes", default="5,100,1000", help="numbers of cities: 5,100")
    options.add_argument("--runs", type=int, help="how often (default: 5, and once from 1,000 on)")
    options.add_argument(
        "--lighthouse", action="store_true", help="how fast pages are for visitors, and only that"
    )
    chosen = options.parse_args()
    if chosen.lighthouse:
        record("lighthouse", f"{machine()}. {lighthouse.table(chosen.runs or 5)}")
        return
    sizes = [int(size) for size in chosen.sizes.split(",")]
    results = {}
    seen = {}
    for size in sizes:
        runs = chosen.runs or RUNS.get(size, 1)
        results[size] = measured(size, runs, WORK / "drawn")
        if size in LATENCIES:
            seen[size] = previews(size, runs)
    runs = ", ".join(f"{chosen.runs or RUNS.get(size, 1)} at {size:,}" for size in sizes)
    text = (
        f"{machine()}. Stock: {peers()}. Medians ({runs}) of whole processes run in turn; CPU is "
        "user and system time with all children. Charts, fonts and pictures are drawn before."
        f"\n\n{table(results)}\n{latencies(seen)}{whole()}"
    )
    record("bench", text)


if __name__ == "__main__":
    main()
