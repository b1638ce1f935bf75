"""Expected failures: each is reported in the languages of the staff, with its own cause."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest
from support import copy_input, run_build

from brochure.base.message import Message, languages, lines, plain_text
from brochure.cli.main import main
from brochure.cli.output import SYSTEM_ERRORS, os_error_message
from brochure.cli.preview import PortError, _Server


@pytest.mark.parametrize("number", SYSTEM_ERRORS, ids=errno.errorcode.get)
def test_an_error_of_the_system_is_reported_in_each_language(number: int, tmp_path: Path) -> None:
    """The path, relative to the repository, and the reason in the reader's language."""
    error = OSError(number, os.strerror(number), str(tmp_path / "dist/a"))
    message = os_error_message(error, tmp_path)
    assert message.code == "system.error-at-path"
    texts = lines(message, languages())
    assert len(texts) == len(languages())
    assert all(text.startswith("dist/a: ") for text in texts)
    assert message.text("en") == f"dist/a: {os.strerror(number)}."


def test_another_error_of_the_system_is_reported_in_its_words(tmp_path: Path) -> None:
    """Without a text of our own, the system's reason is given, once for all languages."""
    message = os_error_message(OSError(errno.ELOOP, os.strerror(errno.ELOOP)), tmp_path)
    assert lines(message, languages()) == [f"{os.strerror(errno.ELOOP)}."]


def test_a_taken_port_is_the_fault_of_the_port(tmp_path: Path) -> None:
    """Only where the address is in use does the preview blame the port."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        server = _Server(tmp_path, port, print)
        with pytest.raises(PortError) as taken:
            server.server_bind()
        server.server_close()
    assert taken.value.message == Message("serve.port-taken", port=str(port))
    assert all(str(port) in taken.value.text(language) for language in languages())


def test_a_port_of_the_system_is_reserved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that only an administrator may use is not called taken."""

    def refuse(self: socket.socket, address: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    server = _Server(tmp_path, 80, print)
    with pytest.raises(PortError) as reserved:
        server.server_bind()
    server.server_close()
    assert reserved.value.message == Message("serve.port-reserved", port="80")


def test_another_error_of_the_preview_is_not_the_fault_of_the_port(tmp_path: Path) -> None:
    """A file in the place of the preview's folder is named, and no port."""
    root = copy_input(tmp_path / "miniature")
    (root / "build").mkdir()
    (root / "build/preview").touch()
    done = run_build("--root", root, "serve", "--port", "8942")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "build/preview: 이미 있습니다.\nbuild/preview: File exists.\n"


def test_a_failure_is_reported_in_the_chosen_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build that cannot begin says why, and that nothing published has changed."""
    root = copy_input(tmp_path / "miniature")
    (root / "dist").touch()
    assert main(["--root", str(root), "site", "--language", "de"]) == 1
    assert capsys.readouterr().err == (
        "dist muss ein gewöhnlicher Ordner sein. Löschen oder verschieben Sie es und starten Sie "
        "erneut.\ndist/ wurde nicht geändert.\n"
    )


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", ["build.pages-up-to-date", "build.release-up-to-date"])
def test_an_unchanged_build_reads_its_message_without_libraries(code: str, language: str) -> None:
    """The line that is found without YAML and ICU is the message of the catalogue."""
    assert plain_text(code, language) == Message(code).text(language)


def test_a_message_without_a_plain_line_is_an_error() -> None:
    """A code that the catalogue lacks is not taken from another section."""
    with pytest.raises(LookupError):
        plain_text("audit.pages-up-to-date", "en")
