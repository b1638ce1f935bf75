"""`build.py diff`: the working tree held against the commit where it parted from another branch."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from support import run_build

from brochure.base.message import Message
from brochure.review import screenshots as picturing
from brochure.review.review import ComparisonError, review
from brochure.review.screenshots import ScreenshotError

CITY = "data/cities/alba.yaml"


def git(root: Path, *arguments: str) -> None:
    """git at `root`, by somebody whose settings are nobody's."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def commit(root: Path, message: str = "-") -> None:
    """Everything at `root` as a commit."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def edit(root: Path, file: str, old: str, new: str) -> None:
    """The file with one thing written differently."""
    path = root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def miniature(miniature: Path) -> Path:
    """A copy of the tiny repository, as the one commit of the branch main."""
    (miniature / ".gitignore").write_text("/build/\n/build\n", encoding="utf-8")
    git(miniature, "init", "--quiet", "--initial-branch", "main")
    commit(miniature)
    return miniature


def test_a_change_is_told(miniature: Path) -> None:
    """A figure, a text, pages, brochures and other files are told; git's tree stays as it was.

    What became of the other branch since is none of the change.
    """
    git(miniature, "checkout", "--quiet", "-b", "change")
    git(miniature, "checkout", "--quiet", "main")
    edit(miniature, CITY, "value: 27800", "value: 27900")
    commit(miniature)
    git(miniature, "checkout", "--quiet", "change")
    edit(miniature, CITY, "value: 1400000", "value: 1450000")
    commit(miniature)
    edit(miniature, CITY, "ko: 배를 짓는다.", "ko: 큰 배를 짓는다.")
    (miniature / "notes.txt").write_text("x", encoding="utf-8")
    told = review(miniature, "main").markdown
    for line in (
        "figures 1 · texts 1 · pages 8 · brochures 6",
        "알바 · 인구: 140만 명 → **145만 명** (+3.6 %)",
        "Alba · Population: 1.4 million → **1.45 million** (+3.6 %)",
        "  - ko: <ins>큰 </ins>배를 짓는다.",
        "`data/cities/alba.yaml: industries.sea.description` – 바뀜 / changed: ko; 그대로 / ",
        "- 바뀜 / changed: `/en/cities/alba/` Alba",
        "- 바뀜 / changed: `alba-ko.pdf`",
        "- 더함 / added: `notes.txt`",
    ):
        assert line in told, told
    assert "27,900" not in told
    assert "bruma-ko.pdf" not in told
    assert not list((miniature / ".git").glob("worktrees/*"))


@pytest.mark.parametrize("side", ["before", "after"])
def test_refused_states_are_told(miniature: Path, side: str) -> None:
    """A state that `check` refuses is told as Markdown, each problem with its place."""
    edit(miniature, CITY, "unit: person, year", "unit: persons, year")
    if side == "before":
        commit(miniature)
        edit(miniature, CITY, "unit: persons, year", "unit: person, year")
    with pytest.raises(ComparisonError) as refused:
        review(miniature, "HEAD")
    told = refused.value.markdown
    title = {
        "before": "## 이전 상태에 고칠 곳이 있습니다 / The former state has problems",
        "after": "## 이 변경은 아직 받을 수 없습니다 / This change cannot be taken yet",
    }
    assert told.startswith(title[side])
    assert f"- `{CITY}:13:" in told
    assert "There is no unit ‘persons’." in told


def test_a_city_reads_the_answer_in_its_languages(miniature: Path) -> None:
    """The answer is in the languages of the staff and of the cities that change, each once."""
    for city, language in (("alba", "de"), ("bruma", "es")):
        edit(
            miniature,
            f"data/cities/{city}.yaml",
            "\naccent:",
            f"\nlanguages: [{language}, en]\naccent:",
        )
    commit(miniature)
    edit(miniature, CITY, "value: 1400000", "value: 1450000")
    edit(miniature, CITY, "ko: 배를 짓는다.", "ko: 큰 배를 짓는다.")
    german = review(miniature, "HEAD").markdown
    assert german.startswith("## 변경 내용 / What changes / Änderungen\n")
    for line in (
        "수치 1 · 글 1 · 쪽 8 · 브로슈어 6  ",
        "figures 1 · texts 1 · pages 8 · brochures 6  ",
        "Zahlen 1 · Texte 1 · Seiten 8 · Broschüren 6",
        "### ⚠️ 번역 확인 / Translations to look at / Übersetzungen prüfen",
        "- 바뀜 / changed / geändert: `alba-ko.pdf`",
        "<details><summary>쪽 8 / Pages 8 / Seiten 8</summary>",
    ):
        assert line in german.split("\n"), german
    assert "cambiado" not in german
    edit(miniature, "data/cities/bruma.yaml", "A city in the mist.", "A town in the mist.")
    both = review(miniature, "HEAD").markdown
    assert both.startswith("## 변경 내용 / What changes / Änderungen / Cambios\n")
    assert "cifras 1 · textos 2" in both
    # Whoever asks for a language has that one alone.
    chosen = review(miniature, "HEAD", ["es"]).markdown
    assert chosen.startswith("## Cambios\n\ncifras 1 · textos 2")


def test_a_city_reads_a_refusal_in_its_languages(miniature: Path) -> None:
    """A city whose change is refused reads why in its own languages as well."""
    edit(miniature, CITY, "\naccent:", "\nlanguages: [de]\naccent:")
    edit(miniature, CITY, "unit: person, year", "unit: persons, year")
    with pytest.raises(ComparisonError) as refused:
        review(miniature, "HEAD")
    assert refused.value.markdown.startswith(
        "## 이 변경은 아직 받을 수 없습니다 / This change cannot be taken yet / "
        "Diese Änderung kann noch nicht übernommen werden\n\n- `data/cities/alba.yaml:"
    )
    assert refused.value.message == Message("change.refused")


def test_unknown_base_is_told(miniature: Path) -> None:
    """A commit that git does not know is told, status 1; it is never taken as an option of git."""
    for base in ("nowhere", "--output=x", ""):
        with pytest.raises(ComparisonError) as unknown:
            review(miniature, base)
        assert [problem.code for problem in unknown.value.problems] == ["change.unknown-base"]
    assert not (miniature / "x").exists()
    done = run_build("--root", miniature, "diff", "nowhere")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("## 비교할 수 없습니다 / Nothing to compare with\n\n- `nowhere:")


def test_folder_without_git_is_told(tmp_path: Path) -> None:
    """Where there is no repository, that is told."""
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(ComparisonError) as nowhere:
        review(tmp_path / "elsewhere", "HEAD")
    (problem,) = nowhere.value.problems
    assert problem.code == "change.no-repository"
    assert "not a git repository" in problem.text("de")


def test_former_code_never_runs(miniature: Path) -> None:
    """Of the former state neither code nor the site's frame is used, only data and templates."""
    for name, text in {
        "charts/bars.py": "raise SystemExit('ran')\n",
        "brochure/load/repository.py": "raise SystemExit('ran')\n",
        "overrides/site/main.html": "{{ 1 / 0 }}",
    }.items():
        code = miniature / name
        code.parent.mkdir(parents=True, exist_ok=True)
        present = code.read_text("utf-8") if code.exists() else ""
        code.write_text(text, encoding="utf-8")
        commit(miniature)
        code.write_text(present, encoding="utf-8")
    (miniature / "data/cities/link.yaml").symlink_to("/etc/passwd")
    commit(miniature)
    (miniature / "data/cities/link.yaml").unlink()
    found = review(miniature, "HEAD")
    assert not (found.published.pages or found.published.brochures or found.published.files)
    # Templates of another version of the program need not fit this one: that is told.
    file = miniature / "macros/pages/city.html"
    present = file.read_text("utf-8")
    file.write_text("{{ city.unheard_of.thing }}", encoding="utf-8")
    commit(miniature)
    file.write_text(present, encoding="utf-8")
    with pytest.raises(ComparisonError) as foreign:
        review(miniature, "HEAD")
    assert [problem.code for problem in foreign.value.problems] == ["change.foreign-templates"]


def test_pictures(miniature: Path, tmp_path: Path) -> None:
    """Each page that changes is pictured before and after, and each such page of a brochure."""
    edit(miniature, "data/dossiers/study.yaml", "en: He gave thanks.", "en: He thanked.")
    folder = tmp_path / "pictures"
    done = run_build("--root", miniature, "diff", "HEAD", "--pictures", folder)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.png")}
    assert done.returncode == 0
    count = len(files)
    assert done.stderr == f"{folder}: 그림 {count}장\n{folder}: {count} pictures\n"
    assert "texts 1 · pages 1 · brochures 1\n" in done.stdout
    assert {name.partition(".")[0].rstrip("0123456789") for name in files} == {
        "pages/en-study",
        "brochures/study-en-",
    }
    for name, path in files.items():
        if name.endswith(".before.png"):
            after = files[name.replace(".before.", ".after.")]
            assert path.read_bytes() != after.read_bytes(), name


def test_pictures_without_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a browser, or what drives one, that is said."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ScreenshotError) as missing:
        picturing.find_browser()
    assert missing.value.message.code == "screenshots.no-browser"
    assert "google-chrome" in missing.value.text("es")
    monkeypatch.setattr(picturing, "find_spec", lambda name: None)
    with pytest.raises(ScreenshotError) as missing:
        picturing.find_browser()
    assert missing.value.message == Message("screenshots.missing-package", package="playwright")
