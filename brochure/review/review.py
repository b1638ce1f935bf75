"""A change of the repository as its reviewer wants to see it.

The working tree is held against the commit that it started from. Both go through this program's
own steps; of the other commit nothing runs but its templates, in their sandbox.
"""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import TemplateError

from brochure.base.git.run import GitError, run
from brochure.base.problem import InputError, Problem
from brochure.pipeline import Publication, cache, publication
from brochure.review.compare import changes
from brochure.review.markdown import Kind, PublishedChanges, change_report, kinds, refusal

# What a former state is read from. Charts, fonts and the site's frame are the present ones: they
# are code, or are drawn into what the cache keeps.
INPUTS = ("content", "data", "macros", "mkdocs.yml")
PRESENT = ("charts", "overrides")
# What is told by its meaning rather than by its file.
_TOLD = ("content/", "data/")
_KINDS: dict[str, Kind] = {"A": "added", "D": "removed"}


class NoComparison(Exception):
    """There is nothing to compare with; `markdown` says why, in both languages."""

    def __init__(self, markdown: str) -> None:
        super().__init__(markdown)
        self.markdown = markdown


@dataclass(frozen=True)
class Review:
    """What a change means as Markdown; its two states, and what differs of what they publish."""

    markdown: str
    before: Publication
    after: Publication
    published: PublishedChanges


def review(root: Path, base: str) -> Review:
    """What the working tree at `root` changes since it parted from `base`.

    Raises NoComparison where either state is refused, or `base` is not known.
    """
    commit = merge_base(root, base)
    after = _state(root, root, "이 변경은 아직 받을 수 없습니다", "This change cannot be taken yet")
    with checkout_of(root, commit) as folder:
        before = _state(
            root, folder, "이전 상태에 고칠 곳이 있습니다", "The former state has problems"
        )
    differing = published(before, after, other_files(root, commit))
    told = changes(before.catalog, after.catalog, before.editions, after.editions)
    return Review(change_report(told, differing), before, after, differing)


def published(
    before: Publication, after: Publication, files: Sequence[tuple[Kind, str]]
) -> PublishedChanges:
    """Which pages and brochures are different. That they bear another version is none."""
    titles = {page.url: page.title for page in [*before.pages, *after.pages]}
    pages, brochures = (
        list(kinds(*both))
        for both in (
            [_pages(before), _pages(after)],
            [_brochures(before), _brochures(after)],
        )
    )
    return PublishedChanges([(kind, url, titles[url]) for kind, url in pages], brochures, files)


def _pages(state: Publication) -> dict[str, object]:
    return {page.url: (page.title, page.description, page.html) for page in state.pages}


def _brochures(state: Publication) -> dict[str, object]:
    version = state.editions[0].version
    return {one.name: replace(one, html=one.html.replace(version, "")) for one in state.brochures}


def _state(root: Path, folder: Path, ko: str, en: str) -> Publication:
    """All that the repository in `folder` says, but for its days: the former state has no history.

    Raises NoComparison.
    """
    try:
        state = publication(folder, cache(root), whole=True)
        return replace(state, pages=[replace(page, changed=None, when="") for page in state.pages])
    except InputError as input_error:
        raise NoComparison(refusal(input_error.problems, ko, en)) from input_error
    except (TemplateError, TypeError, AttributeError, LookupError) as error:
        # Templates of one version of the program need not fit another one.
        problem = Problem(
            "macros",
            1,
            1,
            f"틀이 이 프로그램과 맞지 않습니다: {error}",
            f"The templates do not fit this program: {error}",
        )
        raise NoComparison(refusal([problem], ko, en)) from error


def merge_base(root: Path, base: str) -> str:
    """The commit at which the working tree parted from `base`. Raises NoComparison."""
    try:
        commit = run(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"
        )
    except GitError as reason:
        problem = Problem(
            base,
            1,
            1,
            f"git이 모르는 커밋입니다. git fetch를 먼저 실행하십시오. {reason}".strip(),
            f"git does not know this commit. Run git fetch first. {reason}".strip(),
        )
        raise NoComparison(
            refusal([problem], "비교할 수 없습니다", "Nothing to compare with")
        ) from reason
    name = commit.decode().strip()
    try:
        return run(root, "merge-base", name, "HEAD").decode().strip()
    except GitError:
        # A shallow clone may not reach back to where the two parted.
        return name


@contextmanager
def checkout_of(root: Path, commit: str) -> Iterator[Path]:
    """A folder with the inputs as they were at `commit`, gone afterwards."""
    archive = run(root, "archive", "--format=tar", commit)
    with tempfile.TemporaryDirectory(prefix="former-") as name:
        folder = Path(name)
        for link in PRESENT:
            (folder / link).symlink_to(root / link, target_is_directory=True)
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            for member in files:
                # Links are left out: no state that has any is accepted.
                if member.isreg() and member.name.split("/")[0] in INPUTS:
                    content = files.extractfile(member)
                    assert content is not None
                    path = folder / member.name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content.read())
        yield folder


def other_files(root: Path, commit: str) -> list[tuple[Kind, str]]:
    """The files beside data and texts that are different from `commit`, by name."""
    listed = run(
        root,
        "diff",
        "--no-ext-diff",
        "--name-status",
        "--no-renames",
        "--relative",
        "-z",
        commit,
        "--",
    )
    parts = listed.decode(errors="replace").split("\0")
    found = {name: _KINDS.get(mark, "changed") for mark, name in zip(*[iter(parts)] * 2)}  # noqa: B905
    new = run(root, "ls-files", "--others", "--exclude-standard", "-z")
    found |= {name: "added" for name in new.decode(errors="replace").split("\0") if name}
    return sorted((kind, name) for name, kind in found.items() if not name.startswith(_TOLD))
