"""`make bench`: compare this program with MkDocs and Hugo, each as a whole process, in turn.

The benchmark measures processor time, user and system, with all child processes, since it depends
less on other work of the machine than wall-clock time. A time counts only if the output is correct:
the population of a city is on its page in both languages, on the front page or in the table of all
cities, and in the search index. For the preview, it measures the seconds from saving an edit until
the page of the city, which is requested repeatedly, has the new number.
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
RESULTS = ROOT / "bench/results.md"
# The number of the city that is edited, and the number of runs at each size.
EDITED = 3
RUNS = {5: 5, 100: 5, 1000: 1}
# The folders of charts, web fonts and preview images in the cache.
DRAWN = ("charts", "webfonts", "pixels")


@dataclass(frozen=True)
class Time:
    """Seconds of processor and wall-clock time, and the peak memory of a process in MB."""

    cpu: float
    wall: float
    memory: int


@dataclass(frozen=True)
class Site:
    """A generator with its data: its command, its output and its caches."""

    name: str
    folder: Path
    command: Sequence[str | Path]
    out: str
    data: str
    # Files that must contain the number, with `{city}` for the id of the city.
    shown: Sequence[str]
    # The caches of an earlier build, which a clean build does not have.
    caches: Sequence[str]
    # The command of the preview, without the port at its end.
    preview: Sequence[str | Path] = ()

    def run(self) -> Time:
        """Build once. Raises CalledProcessError."""
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, self.command)), cwd=self.folder, env=_environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stderr is not None
        message = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        if process.returncode:
            sys.exit(f"{self.name}: {message.decode()}")
        unit = 1 if sys.platform == "darwin" else 1024
        return Time(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit // 1_000_000)

    def clean(self) -> None:
        """Remove output and caches."""
        for name in (*self.caches, self.out):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit(self, edits: int) -> None:
        """Change the population of a city, the `edits`-th time."""
        name = data.city_ids(EDITED)[-1]
        data.edit(self.folder / self.data / f"{name}.yaml", name, EDITED, edits)

    def latency(self, edits: int) -> list[float]:
        """Start the preview, edit a city so often, and return the seconds until each is shown."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [*map(str, self.preview[:-1]), f"{self.preview[-1]}{port}"]
        process = subprocess.Popen(
            command, cwd=self.folder, env=_environment(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}/en/cities/{data.city_ids(EDITED)[-1]}/"
        try:
            _wait_for(address, data.shown(data.population(EDITED)))
            times = []
            for edit in range(1, edits + 1):
                # The file watcher needs some time to read all files once.
                time.sleep(2)
                start = time.perf_counter()
                self.edit(edit)
                _wait_for(address, data.shown(data.population(EDITED, edit)))
                times.append(time.perf_counter() - start)
            return times
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def check(self, edits: int) -> None:
        """Exit unless the number is in all files where it should be."""
        value = data.shown(data.population(EDITED, edits))
        for place in self.shown:
            file = self.folder / self.out / place.format(city=data.city_ids(EDITED)[-1])
            if value not in file.read_text(encoding="utf-8"):
                sys.exit(f"{self.name}: {value} is missing in {file}")


# The time limit of the preview to show an edit, in seconds.
TIMEOUT = 300


def _wait_for(address: str, words: str) -> None:
    """Wait until a page contains these words."""
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(address) as answer:
            if words in answer.read().decode():
                return
        time.sleep(0.01)
    sys.exit(f"{words} is not seen at {address}")


PAGES = ("cities/{city}/index.html", "en/cities/{city}/index.html", "index.html", "en/index.html")


def sites(root: Path, count: int) -> list[Site]:
    """Return the generators with their data for `count` cities."""
    folders = []
    for name, write in (("this", data.ours), ("stock", data.stock), ("hugo", data.hugo)):
        if name == "hugo" and not (PEERS / "hugo").exists():
            continue
        place = root / f"{name}-{count}"
        shutil.rmtree(place, ignore_errors=True)
        write(place, count)
        folders.append(place)
    this, stock, *others = folders
    stock_index, index = "search/search_index.json", "search/ko.json"
    program = [sys.executable, str(ROOT / "build.py"), "--root", ".", "site", "--pages"]
    mkdocs = [str(PEERS / "mkdocs"), "build", "--quiet"]
    hugo = [str(PEERS / "hugo"), "--quiet", "--cleanDestinationDir"]
    return [
        Site(
            "this",
            this,
            program,
            "build/pages",
            "data/cities",
            [*PAGES, index],
            ["build/cache"],
            [*program[:4], "serve", "--port="],
        ),
        Site(
            "stock",
            stock,
            mkdocs,
            "site",
            "data",
            [*PAGES, stock_index],
            [],
            [mkdocs[0], "serve", "--quiet", "--watch=data", "--dev-addr=127.0.0.1:"],
        ),
        *(
            Site("hugo", folder, hugo, "public", "data", [*PAGES, "index.json"], ["resources"])
            for folder in others
        ),
    ]


def measured(count: int, runs: int, drawn: Path) -> dict[str, dict[str, Time]]:
    """Return the median time of each step of each generator with `count` cities."""
    generators = sites(WORK / "sites", count)
    # Drawings are not measured, since the other generators draw nothing.
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
            # MkDocs always builds everything: a build after an edit is a clean build.
            if site.name != "stock":
                site.edit(turn + 1)
                note(site, "edited", site.run(), turn + 1)
    return {
        name: {step: _median(all_) for step, all_ in steps.items()} for name, steps in times.items()
    }


def previews(count: int, edits: int) -> dict[str, float]:
    """Return the median seconds from an edit to the page in the preview, by generator."""
    generators = [site for site in sites(WORK / "previews", count) if site.preview]
    return {site.name: statistics.median(site.latency(edits)) for site in generators}


def _median(times: Sequence[Time]) -> Time:
    middle = statistics.median
    return Time(
        middle(run.cpu for run in times),
        middle(run.wall for run in times),
        max(run.memory for run in times),
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
    """Return a table of the times and their ratios to the clean build of MkDocs."""
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
    """Return a sentence with the seconds of the preview and their ratios to that of MkDocs."""
    parts = [
        f"{times['this']:.2f} s at {size} cities, {times['stock']:.2f} s stock "
        f"({times['this'] / times['stock']:.2f}; aim {LATENCIES[size]})"
        for size, times in seen.items()
    ]
    return (
        f"From saving an edit to the page in the preview: {'; '.join(parts)}.\n\n" if parts else ""
    )


def whole() -> str:
    """Return a sentence with the times of a full build of this publication without a cache."""
    folder = WORK / "whole"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("charts", "content", "data", "macros", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)

    def build() -> dict[str, float]:
        """Return the numbers of the summary of a build, by the word after or before them."""
        program = [sys.executable, str(ROOT / "build.py"), "--root", str(folder)]
        command = [*program, "--language", "en", "site"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        found = re.findall(r"(\d+) (drawn|printed)\b", done)
        found += [
            (seconds, step) for step, seconds in re.findall(r"\b([a-z]+) ([0-9.]+) s\b", done)
        ]
        return {word: float(number) for number, word in found}

    cold = build()
    # Build again without pages, with and without charts in the cache: the difference is the time of
    # drawing the charts.
    steps = []
    for removed in (["pages", "charts"], ["pages"]):
        for kind in removed:
            shutil.rmtree(folder / "build/cache" / kind)
        (folder / "build/dist.manifest").unlink()
        steps.append(build()["render"])
    charts = cold["drawn"] / max(steps[0] - steps[1], 0.01)
    split = ", ".join(f"{name} {cold[name]:.1f} s" for name in STEPS)
    return (
        f"The five cities from nothing, both editions of {cold['printed']:.0f} documents: "
        f"{sum(cold[name] for name in STEPS):.1f} s ({split}); "
        f"{charts:.1f} charts and {cold['printed'] / cold['brochures']:.2f} documents a second.\n"
    )


def machine() -> str:
    """Return the processor, system and Python version of this machine."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    return f"{os.cpu_count()} × {model}, {platform.system()}, Python {platform.python_version()}"


def peers() -> str:
    """Return the names and versions of the other generators."""
    names = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "mkdocs-macros-plugin", "hugo")
    program = "import importlib.metadata as m, sys; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep=', ')"  # noqa: E501
    done = subprocess.run(
        [PEERS / "python", "-c", program, *names], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def record(part: str, text: str) -> None:
    """Replace the text between the marks of a part, in the results."""
    before = RESULTS.read_text(encoding="utf-8")
    marks = re.compile(rf"(?<=<!--{part}-->\n).*?(?=<!--/{part}-->)", re.DOTALL)
    assert marks.search(before), f"{RESULTS.name} has no place for {part}"
    RESULTS.write_text(marks.sub(lambda _: f"{text}\n", before), encoding="utf-8")
    print(text)


def main() -> None:
    """Measure what the command line names, and print the tables. Raises SystemExit."""
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
