"""What the program tells the form at /edit/: where the data is kept, and what its fields are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from support import ROOT

from brochure.editing.cms_form import form
from brochure.load.repository import load
from brochure.model.help import read_manual
from brochure.model.records import Catalog
from brochure.render.templates import Templates
from brochure.validate.validate import validate


@cache
def catalog() -> Catalog:
    """The publication."""
    return validate(load(ROOT))


def files(**settings: Any) -> dict[str, str]:
    """The form's files where `mkdocs.yml` says this."""
    changed = replace(catalog(), settings=replace(catalog().settings, **settings))
    made = form(changed, read_manual, Templates(load(ROOT).templates))
    return {name: file.make() for name, file in made.items()}


def config(**settings: Any) -> dict[str, Any]:
    """What the form is configured with."""
    made: dict[str, Any] = json.loads(files(**settings)["edit/config.json"])
    return made


def fields(of: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every field, with those within."""
    for one in of:
        yield one
        yield from fields(one.get("fields", []))


def test_the_form_works_where_the_data_is_kept() -> None:
    """Repository and branch are those that `extra.edit` names; elsewhere than at GitHub there is
    no form.
    """
    backend = config(repository="https://github.com/a/b/edit/next/")["backend"]
    assert (backend["repo"], backend["branch"]) == ("a/b", "next")
    assert files(repository="https://git.example/a/b/edit/main/") == {}


@pytest.mark.parametrize(
    ("sign_in", "base", "endpoint"),
    [
        ("https://sign-in.gini.example", "https://sign-in.gini.example", "auth"),
        ("https://gini.example/sign/in", "https://gini.example", "sign/in"),
    ],
)
def test_signing_in_is_the_alliances_own(sign_in: str, base: str, endpoint: str) -> None:
    """Editors sign in through the service that `extra.sign_in` names; without one the form names
    none, and so never falls back on somebody else's.
    """
    backend = config(sign_in=sign_in)["backend"]
    assert (backend["base_url"], backend["auth_endpoint"]) == (base, endpoint)
    assert "base_url" not in config()["backend"]


def test_no_one_may_find_it() -> None:
    """The page asks search engines to leave it out, and lets itself load only from its own site
    and from GitHub.
    """
    page = files()["edit/index.html"]
    assert '<meta name="robots" content="noindex">' in page
    policy = page.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    hosts = {word for word in policy.replace(";", "").split() if "://" in word}
    assert hosts == {"https://api.github.com"}
    assert "default-src 'none'" in policy and "script-src 'self' 'unsafe-eval';" in policy


def test_every_field_is_told_of_in_both_languages() -> None:
    """A field has its name and its help in Korean and English; a name out of a list of the
    publication is chosen from all of that list.
    """
    (cities,) = config()["collections"]
    every = list(fields(cities["fields"]))
    assert len(every) > 50
    for one in every:
        assert " / " in one["label"], one["name"]
        assert one["name"] == "text" or " / " in one["hint"], one["name"]
    by_name = {one["name"]: one for one in every}
    for name, known in {
        "source": catalog().sources,
        "unit": catalog().vocabulary.units,
        "indicator": catalog().vocabulary.indicators,
        "fields": catalog().industries,
    }.items():
        assert [one["value"] for one in by_name[name]["options"]] == list(known)
    hint = by_name["latitude"]["hint"]
    assert "(-90 이상, 90 이하)" in hint and "(at least -90, at most 90)" in hint
    assert (by_name["latitude"]["min"], by_name["latitude"]["max"]) == (-90, 90)
    texts = [one for one in every if one["widget"] == "texts"]
    assert all([own["name"] for own in one["languages"]] == ["ko", "en"] for one in texts)
