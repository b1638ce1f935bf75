"""What stands in `.github/`: who may do what there, and the comment on a pull request."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import tomllib
import zipfile
from typing import Any

import pytest
import yaml
from lxml import html
from markdown_it import MarkdownIt
from support import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = {
    path.stem: yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    for path in sorted((GITHUB / "workflows").glob("*.yaml"))
}
_spec = importlib.util.spec_from_file_location("comment", GITHUB / "comment.py")
assert _spec is not None and _spec.loader is not None
comment = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(comment)

RUN = "https://github.com/o/r/actions/runs/7"


def steps(workflow: str) -> list[dict[str, Any]]:
    """The steps of all jobs of a workflow."""
    return [step for job in WORKFLOWS[workflow]["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_are_bounded(name: str) -> None:
    """Each job has a time limit and names its rights; actions are pinned by commit; no secrets."""
    workflow = WORKFLOWS[name]
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    for job in workflow["jobs"].values():
        assert int(job["timeout-minutes"]) <= 60
        assert set(job["permissions"]) & {"contents", "pages"}
    for step in steps(name):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"
        # What an event says goes in by the environment, never into a script's text.
        assert "${{" not in step.get("run", "")
    assert "secrets." not in (GITHUB / f"workflows/{name}.yaml").read_text("utf-8")


def test_what_runs_for_a_stranger_may_only_read() -> None:
    """Pull requests are checked with the right to read alone; what may write runs main."""
    assert list(WORKFLOWS["check"]["on"]) == ["pull_request"]
    assert list(WORKFLOWS["test"]["on"]) == ["pull_request", "push"]
    for name in ("check", "test"):
        for job in WORKFLOWS[name]["jobs"].values():
            assert job["permissions"] == {"contents": "read"}
    assert list(WORKFLOWS["comment"]["on"]) == ["workflow_run"]
    (checkout, script) = steps("comment")
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert script["run"] == "python3 .github/comment.py"
    assert list(WORKFLOWS["publish"]["on"]) == ["push", "workflow_dispatch"]


def test_every_supported_python_is_tested() -> None:
    """The workflow tests each version of Python that pyproject.toml names, from the oldest on."""
    tested = WORKFLOWS["test"]["jobs"]["test"]["strategy"]["matrix"]["python"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = [entry.rpartition(" ")[2] for entry in project["classifiers"]]
    assert tested == [version for version in listed if re.fullmatch(r"3\.\d+", version)]
    assert project["requires-python"] == f">={tested[0]}"


def test_every_lock_is_watched() -> None:
    """Dependabot looks for new versions in every folder that holds a lock, and waits a week."""
    updates = yaml.safe_load((GITHUB / "dependabot.yml").read_text("utf-8"))["updates"]
    watched = {
        (update["package-ecosystem"], folder.lstrip("/"))
        for update in updates
        for folder in update.get("directories", [update.get("directory")])
    }
    locks = {path.parent for path in (ROOT / "requirements").rglob("package-lock.json")}
    npm = {("npm", folder.relative_to(ROOT).as_posix()) for folder in locks}
    assert watched == {("github-actions", ""), ("pip", "requirements"), *npm}
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates)


def test_every_city_has_an_owner() -> None:
    """CODEOWNERS names somebody for the facts and for the texts of every city."""
    lines = (GITHUB / "CODEOWNERS").read_text("utf-8").split("\n")
    owned = {line.split()[0] for line in lines if line.startswith("/")}
    for file in (ROOT / "data/cities").glob("*.yaml"):
        assert {f"/data/cities/{file.name}", f"/content/cities/{file.stem}.*"} <= owned


def test_forms_are_of_both_languages() -> None:
    """Every word of an issue form and of the template stands in Korean and in English."""
    for file in sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml")):
        form = yaml.safe_load(file.read_text("utf-8"))
        words = [form["name"], form["description"]]
        words += [
            attributes[key]
            for attributes in (field["attributes"] for field in form["body"])
            for key in attributes
            if key not in ("options", "render")
        ]
        for text in words:
            assert re.search(r"[가-힣].* / .*[A-Za-z]", text), (file.name, text)
    for line in (GITHUB / "pull_request_template.md").read_text("utf-8").split("\n"):
        if line.startswith(("#", "- [")):
            assert re.search(r"[가-힣].* / .*[A-Za-z]", line), line


class Hub:
    """GitHub as `gh api` shows it: answers by address, and what was written."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.written: list[tuple[str, str, str]] = []

    def __call__(self, path: str, *arguments: str, data: bytes | None = None) -> bytes:
        if data is not None:
            self.written.append((arguments[0], path, json.loads(data)["body"]))
            return b"{}"
        answer = self.answers[path]
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()


def packed(files: dict[str, str]) -> bytes:
    """Files as an artifact."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in files.items():
            out.writestr(name, text)
    return archive.getvalue()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    """GitHub with one open pull request, whose run 7 left an artifact."""
    for name, value in {
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_SERVER_URL": "https://github.com",
        "RUN": "7",
        "HEAD_OWNER": "clerk",
        "HEAD_BRANCH": "figures",
        "HEAD_SHA": "b" * 40,
    }.items():
        monkeypatch.setenv(name, value)
    return Hub(
        {
            "repos/o/r/pulls": [
                {"number": 3, "head": {"sha": "a" * 40}},
                {"number": 4, "head": {"sha": "b" * 40}},
            ],
            "repos/o/r/actions/runs/7/artifacts": {"artifacts": [{"id": 9, "size_in_bytes": 300}]},
            "repos/o/r/actions/artifacts/9/zip": packed({"diff.md": "## What changes"}),
            "repos/o/r/issues/4/comments": [[]],
        }
    )


def test_a_comment_is_written_and_then_kept(hub: Hub) -> None:
    """The first run writes a comment to the pull request of its commit, the next one renews it.

    A comment that bears the mark, but is somebody else's, is left alone.
    """
    assert comment.main(hub) == 0
    ((method, path, body),) = hub.written
    assert (method, path) == ("--method=POST", "repos/o/r/issues/4/comments")
    assert body == comment.comment("## What changes", RUN)
    written = {"id": 11, "user": {"login": "github-actions[bot]"}, "body": body}
    forged = {"id": 10, "user": {"login": "stranger"}, "body": body}
    hub.answers["repos/o/r/issues/4/comments"] = [[forged], [written]]
    assert comment.main(hub) == 0
    assert hub.written[1][:2] == ("--method=PATCH", "repos/o/r/issues/comments/11")


@pytest.mark.parametrize("heads", [[], ["c"], ["b", "b"]])
def test_no_pull_request_no_comment(hub: Hub, heads: list[str]) -> None:
    """Where no pull request has the checked commit as its head, or two have, nothing is written."""
    hub.answers["repos/o/r/pulls"] = [
        {"number": n, "head": {"sha": one * 40}} for n, one in enumerate(heads)
    ]
    assert comment.main(hub) == 0
    assert hub.written == []


@pytest.mark.parametrize(
    "archive",
    [
        b"no archive",
        packed({}),
        packed({"other.md": "x"}),
        packed({"diff.md": "x", "more.md": "x"}),
        packed({"../diff.md": "x"}),
        packed({"diff.md": "0" * 2_000_000}),
    ],
    ids=["no archive", "empty", "other file", "two files", "path", "bomb"],
)
def test_odd_artifacts_are_refused(hub: Hub, archive: bytes) -> None:
    """Anything but the one small file is refused, and nothing is written."""
    hub.answers["repos/o/r/actions/artifacts/9/zip"] = archive
    assert comment.main(hub) == 1
    assert hub.written == []


def test_large_artifacts_are_not_fetched(hub: Hub) -> None:
    """An artifact that says it is large is not even fetched."""
    hub.answers["repos/o/r/actions/runs/7/artifacts"]["artifacts"][0]["size_in_bytes"] = 10**7
    del hub.answers["repos/o/r/actions/artifacts/9/zip"]
    assert comment.main(hub) == 1
    assert hub.written == []


def test_comment_is_disarmed() -> None:
    """Whatever a stranger's code wrote, the comment mentions nobody, and links to its run alone."""
    text = (
        "@org/team #1 GH-2 :tada: https://evil.example www.evil.example\n\n[a](//evil.example) "
        "![b](//evil.example) [c][d] <https://evil.example> <img src=//evil.example> "
        "<a href=//evil.example>x</a> <!-- <script>1</script> <DEL> <del onclick=x>\u202e\n\n"
        "[d]: //evil.example\n\n# H\n\n<del>a</del><ins>b</ins>\n"
    )
    rendered = MarkdownIt("commonmark", {"html": True}).render(comment.comment(text, RUN))
    page = html.fromstring(f"<div>{rendered}</div>")
    links = [(one.tag, dict(one.attrib)) for one in page.iter() if one.attrib]
    assert links == [("a", {"href": f"{RUN}#artifacts"})]
    tags = {one.tag for one in page.iter() if isinstance(one.tag, str)}
    assert tags == {"div", "p", "h1", "a", "del", "ins"}
    said = page.text_content()
    assert not re.search(r"(?i)[@#]\w|\bwww\.|:\w|://|\bgh-\d|\u202e", said)


def test_long_comments_are_cut() -> None:
    """A comment keeps within GitHub's limit, and says where the rest is."""
    text = comment.comment("<details><summary>x</summary>\n\n" + "line @x\n" * 50_000, RUN)
    assert len(text) < 65_536
    assert "나머지는" in text and "The rest is" in text
    assert text.startswith(comment.MARK)
    assert text.rindex("</details>") < text.rindex(RUN)


@pytest.mark.parametrize(
    "name", ["README", "CHANGELOG", "CONTRIBUTING", "CONTRIBUTING.ko", "LICENSE-DATA"]
)
def test_guides_lead_somewhere(name: str) -> None:
    """Each link to a file leads to one, and each picture of a guide is small."""
    text = (ROOT / f"{name}.md").read_text("utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL))
    assert targets
    for target in targets:
        if not target.startswith(("https://", "../../issues/")):
            assert (ROOT / target).exists(), target
            if name.startswith("CONTRIBUTING") and target.endswith(".png"):
                assert (ROOT / target).stat().st_size <= 120_000, target


def test_addresses_are_those_of_the_site() -> None:
    """Where the repository stands is said in mkdocs.yml; the files that repeat it agree."""
    edit = re.search(r"edit: (https://.+)/edit/", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert edit is not None
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["repository-code"] == edit[1]
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    assert urls["Repository"] == edit[1]
    assert all(url.startswith(edit[1]) for url in urls.values())
    contact = (GITHUB / "ISSUE_TEMPLATE/config.yml").read_text("utf-8")
    assert f"url: {edit[1]}/security/policy" in contact


def test_the_changelog_begins_with_this_version() -> None:
    """The newest version in CHANGELOG.md is the one in pyproject.toml, and the dates descend."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    releases = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", text, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert releases[0][0] == project["version"]
    dates = [date for _, date in releases]
    assert dates == sorted(dates, reverse=True)
    assert text.index("## [Unreleased]") < text.index(f"## [{project['version']}]")
