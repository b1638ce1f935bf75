"""Where pages stand, and how one leads to another: pure arithmetic on paths and addresses."""

from __future__ import annotations


def page_url(path: str, locale: str, default: str) -> str:
    """The address of a page relative to the site's root: ``, `cities/daejeon/`, `en/compare/`.

    The page `index` of a folder stands at the folder's own address.
    """
    prefix = "" if locale == default else f"{locale}/"
    folder = path.removesuffix("index") if path.rpartition("/")[2] == "index" else f"{path}/"
    return prefix + folder


def data_url(name: str) -> str:
    """The address of a file of the open data relative to the site's root."""
    return f"api/v1/{name}"


def art_url(city: str) -> str:
    """The address of a city's strip of art relative to the site's root."""
    return f"assets/art/{city}.svg"


def feed_url(locale: str, default: str) -> str:
    """The address of a language's feed of the news relative to the site's root."""
    return page_url("news/index", locale, default) + "feed.xml"


def manifest_url(locale: str, default: str) -> str:
    """The address of a language's web app manifest relative to the site's root."""
    return page_url("index", locale, default) + "manifest.webmanifest"


def relative(target: str, start: str) -> str:
    """The address of `target` as seen from the page at `start`, both relative to the root."""
    *folders, name = target.split("/")
    above = start.split("/")[:-1]
    shared = 0
    for one, other in zip(folders, above, strict=False):
        if one != other:
            break
        shared += 1
    return "/".join([*[".."] * (len(above) - shared), *folders[shared:], name]) or "./"


def linked_page(page: str, target: str) -> str | None:
    """The page that a link to a `.md` file means (`../compare.md`), or None."""
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
    """How a narrative at `page` would link to each of `pages`."""
    up = "../" * page.count("/")
    folder = page.rpartition("/")[0]
    return [
        f"{other.removeprefix(folder + '/')}.md"
        if folder and other.startswith(f"{folder}/")
        else f"{up}{other}.md"
        for other in pages
    ]
