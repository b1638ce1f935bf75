"""The review of a change: the working tree compared with the commit that it started from.

Both go through this program's
own steps; of the other commit nothing runs but its templates, in their sandbox.
"""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import TemplateError

from brochure.base.git.run import GitError, run
from brochure.base.message import Message
from brochure.base.problem import BrochureError, InputError, Problem
from brochure.load.audience import Audience
from brochure.pipeline import Publication, cache, publication
from brochure.review.compare import changes
from brochure.review.markdown import Kind, PublishedChanges, change_report, kinds, refusal

# What a former state is read from. Charts, fonts and the site's frame are the present ones: they
# are code, or are drawn into what the cache keeps.
INPUTS = ("content", "data", "macros", "mkdocs.yml")
PRESENT = ("charts", "overrides")
# Folders whose changes are described value by value rather than as files.
_COMPARED = ("content/", "data/")
_KINDS: dict[str, Kind] = {"A": "added", "D": "removed"}


class ComparisonError(BrochureError):
    """There is nothing to compare: `problems` are the reasons, `markdown` is the answer."""

    def __init__(self, title: Message, problems: Sequence[Problem], audience: Audience) -> None:
        super().__init__(title)
        self.problems = tuple(problems)
        files = [problem.file for problem in problems]
        self.markdown = refusal(title, problems, readers(audience, files))


@dataclass(frozen=True)
class Review:
    """A change as Markdown, its two states, and the published files that differ."""

    markdown: str
    before: Publication
    after: Publication
    published: PublishedChanges


def review(root: Path, base: str, chosen: Sequence[str] = ()) -> Review:
    """The changes of the working tree at `root` since it branched off from `base`.

    They are described in the languages of the staff and of the cities that change, or in the
    `chosen` ones. Raises ComparisonError where either state has problems, or `base` is unknown.
    """
    audience = Audience(root, chosen)
    commit = merge_base(root, base, audience)
    after = _state(root, root, Message("change.refused"), audience)
    with checkout_of(root, commit) as folder:
        before = _state(root, folder, Message("change.former-state-refused"), audience)
    differing = published(before, after, other_files(root, commit))
    differences = changes(before.catalog, after.catalog, before.editions, after.editions)
    languages = readers(audience, [difference.place.file for difference in differences])
    return Review(change_report(differences, differing, languages), before, after, differing)


def readers(audience: Audience, files: Iterable[str]) -> list[str]:
    """The languages of the staff and of the cities that these files belong to, each once."""
    own = (language for file in files for language in audience.of(file))
    return list(dict.fromkeys([*audience.staff, *own]))


def published(
    before: Publication, after: Publication, files: Sequence[tuple[Kind, str]]
) -> PublishedChanges:
    """The pages and brochures that differ, apart from the version that they bear."""
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
    return {
        brochure.name: replace(brochure, html=brochure.html.replace(version, ""))
        for brochure in state.brochures
    }


def _state(root: Path, folder: Path, title: Message, audience: Audience) -> Publication:
    """The publication of the repository in `folder`, without the days of its pages.

    The former state has no history to take them from. Raises ComparisonError with this title.
    """
    try:
        state = publication(folder, cache(root), whole=True)
        return replace(state, pages=[replace(page, changed=None, when="") for page in state.pages])
    except InputError as error:
        raise ComparisonError(title, error.problems, audience) from error
    except (TemplateError, TypeError, AttributeError, LookupError) as error:
        # Templates of one version of the program need not fit another one.
        message = Message("change.foreign-templates", reason=str(error))
        raise ComparisonError(title, [Problem("macros", 1, 1, message)], audience) from error


def merge_base(root: Path, base: str, audience: Audience) -> str:
    """The commit at which the working tree branched off from `base`. Raises ComparisonError."""
    title = Message("change.no-base")
    try:
        run(root, "rev-parse", "--git-dir")
    except GitError as error:
        message = Message("change.no-repository", reason=error.reason)
        raise ComparisonError(title, [Problem(base, 1, 1, message)], audience) from error
    try:
        commit = run(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"
        )
    except GitError as error:
        problem = Problem(base, 1, 1, Message("change.unknown-base"))
        raise ComparisonError(title, [problem], audience) from error
    name = commit.decode().strip()
    try:
        return run(root, "merge-base", name, "HEAD").decode().strip()
    except GitError:
        # A shallow clone may not reach back to where the two branched off.
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
    kinds_by_name = {name: _KINDS.get(mark, "changed") for mark, name in zip(*[iter(parts)] * 2)}  # noqa: B905
    new = run(root, "ls-files", "--others", "--exclude-standard", "-z")
    kinds_by_name |= {name: "added" for name in new.decode(errors="replace").split("\0") if name}
    return sorted(
        (kind, name) for name, kind in kinds_by_name.items() if not name.startswith(_COMPARED)
    )
