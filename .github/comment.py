"""Posts the findings of check.yaml to the pull request, as a comment that is kept up to date.

Run by comment.yaml, which may write; standard library and GitHub's own `gh` alone. The artifact was
made by the change's own code, so it is a stranger's: bounded in size, disarmed, and not asked
which pull request it belongs to. That is known from the event: the one whose branch and commit
were checked.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from typing import Any

# `gh api` with these arguments and this input: the answer's bytes.
Ask = Callable[..., bytes]

NAME, FILE = "change", "diff.md"
# What an artifact may be, packed and unpacked, in bytes; and a comment, in characters, of which
# GitHub takes 65536.
MOST, LONGEST = 1_000_000, 60_000
MARK = "<!-- what-changes -->"
WRITER = "github-actions[bot]"

_BREAK = "\u200b"
_TAGS = re.compile(r"<(?!/?(?:del|ins|span|details|summary)>)")
# Mentions, issues, addresses, `www.`, emoji; links and their definitions; GH-1.
_ARMED = re.compile(r"(?i)[@#:](?=[\w/+-])|\](?=[(\[:])|\bwww(?=\.)|\bgh-(?=\d)")
_HIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def disarmed(text: str) -> str:
    """Markdown that makes no link, mention, picture or element but those of `build.py diff`."""
    text = _HIDDEN.sub(" ", text)
    text = _TAGS.sub("&lt;", text)
    return _ARMED.sub(lambda match: match[0] + _BREAK, text)


def comment(text: str, run: str) -> str:
    """The comment's Markdown; `run` is the address of the workflow's run."""
    body = disarmed(text).strip()
    if len(body) > LONGEST:
        body = body[:LONGEST].rpartition("\n")[0]
        body += "\n\n… 나머지는 ‘change’ 파일에 있습니다. / The rest is in the artifact ‘change’."
    if body.count("<details>") > body.count("</details>"):
        # Or what follows would be folded away with it.
        body += "\n\n</details>"
    end = f"[미리 보기와 그림 / preview and pictures]({run}#artifacts)"
    return f"{MARK}\n{body}\n\n{end}\n"


def unpacked(archive: bytes) -> str:
    """The text in an artifact. Raises ValueError for anything but one file of a bounded size."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            (entry,) = files.infolist()
            if entry.filename != FILE or entry.file_size > MOST:
                raise ValueError("not the file that was expected")
            with files.open(entry) as file:
                raw = file.read(MOST + 1)
    except zipfile.BadZipFile as error:
        raise ValueError("not an artifact") from error
    if len(raw) > MOST:
        raise ValueError("larger than it says")
    return raw.decode("utf-8", "replace")


def pull_request(ask: Ask, repository: str, owner: str, branch: str, commit: str) -> int | None:
    """The number of the open pull request whose head is this commit of this branch.

    None where there is none any more, or where its head has moved on: a later run is on its way.
    """
    answer = ask(
        f"repos/{repository}/pulls", "--method=GET", "-fstate=open", f"-fhead={owner}:{branch}"
    )
    numbers = [pull["number"] for pull in json.loads(answer) if pull["head"]["sha"] == commit]
    return int(numbers[0]) if len(numbers) == 1 else None


def artifact(ask: Ask, repository: str, run: int) -> str | None:
    """The findings of a run, or None where it left none. Raises ValueError."""
    answer = ask(
        f"repos/{repository}/actions/runs/{run}/artifacts", "--method=GET", f"-fname={NAME}"
    )
    found = json.loads(answer)["artifacts"]
    if not found:
        return None
    if found[0]["size_in_bytes"] > MOST:
        raise ValueError("too large")
    number = int(found[0]["id"])
    return unpacked(ask(f"repos/{repository}/actions/artifacts/{number}/zip"))


def former(ask: Ask, repository: str, pull: int) -> int | None:
    """The number of the comment that this program wrote before, if it did."""
    answer = ask(f"repos/{repository}/issues/{pull}/comments", "--paginate", "--slurp")
    comments: list[dict[str, Any]] = [entry for page in json.loads(answer) for entry in page]
    own = (entry for entry in comments if entry["user"]["login"] == WRITER)
    return next((int(entry["id"]) for entry in own if entry["body"].startswith(MARK)), None)


def post(ask: Ask, repository: str, pull: int, body: str) -> None:
    """Write the comment, or write it anew where it stands."""
    number = former(ask, repository, pull)
    to = f"issues/{pull}/comments" if number is None else f"issues/comments/{number}"
    method = "POST" if number is None else "PATCH"
    text = json.dumps({"body": body}).encode()
    ask(f"repos/{repository}/{to}", f"--method={method}", "--input=-", data=text)


def asked(*arguments: str, data: bytes | None = None) -> bytes:
    """`gh api`. Raises CalledProcessError."""
    return subprocess.run(["gh", "api", *arguments], input=data, stdout=-1, check=True).stdout


def main(ask: Ask = asked) -> int:
    """Post the findings of a run to its pull request."""
    env = os.environ
    repository, run = env["GITHUB_REPOSITORY"], int(env["RUN"])
    pull = pull_request(ask, repository, env["HEAD_OWNER"], env["HEAD_BRANCH"], env["HEAD_SHA"])
    if pull is None:
        print("No open pull request has this commit as its head.")
        return 0
    try:
        text = artifact(ask, repository, run)
    except ValueError as error:
        print(f"The artifact is not what check.yaml leaves: {error}.", file=sys.stderr)
        return 1
    if text is not None:
        address = f"{env['GITHUB_SERVER_URL']}/{repository}/actions/runs/{run}"
        post(ask, repository, pull, comment(text, address))
    return 0


if __name__ == "__main__":
    sys.exit(main())
