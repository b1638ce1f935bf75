"""Addresses of pages and files, and links between them: pure functions on strings."""

from __future__ import annotations


def page_url(path: str, locale: str, default: str) -> str:
    """Return the address of a page relative to the site's root: ``, `cities/daejeon/`.

    Languages other than `default` have a folder: `en/compare/`. The page `index` of a folder has
    the address of the folder.
    """
    prefix = "" if locale == default else f"{locale}/"
    folder = path.removesuffix("index") if path.rpartition("/")[2] == "index" else f"{path}/"
    return prefix + folder


def data_url(name: str) -> str:
    """Return the address of a file of the open data relative to the site's root."""
    return f"api/v1/{name}"


def art_url(city: str) -> str:
    """Return the address of the artwork of a city relative to the site's root."""
    return f"assets/art/{city}.svg"


def feed_url(locale: str, default: str) -> str:
    """Return the address of the news feed of a language relative to the site's root."""
    return page_url("news/index", locale, default) + "feed.xml"


def manifest_url(locale: str, default: str) -> str:
    """Return the address of the web app manifest of a language relative to the site's root."""
    return page_url("index", locale, default) + "manifest.webmanifest"


def brochure_name(subject: str, locale: str) -> str:
    """Return the name of the file of a brochure, without suffix: `daejeon-ko`."""
    return f"{subject}-{locale}"


def relative(target: str, start: str) -> str:
    """Return the address of `target` relative to the page at `start`; both are of the root."""
    *folders, name = target.split("/")
    parents = start.split("/")[:-1]
    shared = 0
    for folder, parent in zip(folders, parents, strict=False):
        if folder != parent:
            break
        shared += 1
    return "/".join([*[".."] * (len(parents) - shared), *folders[shared:], name]) or "./"


def linked_page(page: str, target: str) -> str | None:
    """Return the path of the page that a link such as `../compare.md` leads to.

    None if the link is to no `.md` file or leaves the folder of all pages.
    """
    path = target.partition("#")[0]
    if not path.endswith(".md"):
        return None
    parts = page.split("/")[:-1]
    for part in path.removesuffix(".md").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def relative_links(page: str, pages: set[str]) -> list[str]:
    """Return the links from a narrative at `page` to each of `pages`, as `.md` files."""
    up = "../" * page.count("/")
    folder = page.rpartition("/")[0]
    return [
        f"{other.removeprefix(folder + '/')}.md"
        if folder and other.startswith(f"{folder}/")
        else f"{up}{other}.md"
        for other in pages
    ]
