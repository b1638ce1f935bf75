"""JSON-LD of a page, by schema.org: structured data for search engines.

Made from the same records as the page itself. An address with a mark (`#city`) names the thing, not
the page; it is the default language's, so that all languages speak of one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.base.exact_json import dump_json
from brochure.base.urls import data_url, page_url
from brochure.localize.edition import City, Edition
from brochure.render.site_frame import breadcrumbs

# Signs that could end the script element or its line, as JSON writes them otherwise
# (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements).
_GUARDED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def json_ld(path: str, title: str, edition: Edition) -> str:
    """Return the JSON-LD of a page, safe inside a script element; "" where there is none."""
    graph = list(_things(path, title, edition))
    if not graph:
        return ""
    document = {"@context": "https://schema.org", "@graph": graph}
    return dump_json(document, indent=None).translate(_GUARDED)


def _things(path: str, title: str, edition: Edition) -> Iterator[dict[str, Any]]:
    """The subject of a page, and its breadcrumbs."""
    if path == "index":
        yield _organization(edition)
    if path.startswith("cities/"):
        yield _city(edition.members[path.removeprefix("cities/")], edition)
    if way := breadcrumbs(edition, path):
        steps = [(name, _address(edition, page)) for name, page in [*way, (title, path)]]
        yield {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": address}
                for position, (name, address) in enumerate(steps, 1)
            ],
        }


def _organization(edition: Edition) -> dict[str, Any]:
    alliance = edition.alliance
    return {
        "@type": "Organization",
        "@id": _alliance_id(edition),
        "name": alliance.name,
        "alternateName": [alliance.acronym, *alliance.other_names],
        "url": _address(edition, "index"),
        "slogan": alliance.slogan,
        "description": alliance.about,
        "foundingDate": alliance.founding_begins.isoformat(),
        "foundingLocation": {"@type": "Place", "name": alliance.founding_place},
        "address": alliance.secretariat_address,
        "telephone": alliance.secretariat_telephone,
    }


def _city(city: City, edition: Edition) -> dict[str, Any]:
    address = _address(edition, f"cities/{city.id}")
    # A county states its figures as a county's.
    scopes = {figure.scope for figure in city.figures.values()}
    county = "county" in scopes and "city" not in scopes
    return {
        "@type": "AdministrativeArea" if county else "City",
        "@id": f"{_first(edition, f'cities/{city.id}')}#city",
        "name": city.name,
        "alternateName": city.other_names,
        "description": city.lead,
        "url": address,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": city.latitude,
            "longitude": city.longitude,
        },
        # A country, or a state of one.
        "containedInPlace": {"@type": "AdministrativeArea", "name": city.country},
        "additionalProperty": [
            {
                "@type": "PropertyValue",
                "propertyID": figure.id,
                "name": figure.label,
                "value": figure.value,
                "unitText": figure.unit,
                "description": ", ".join(filter(None, [figure.text, figure.basis])),
            }
            for figure in city.figures.values()
        ],
        "subjectOf": {
            "@type": "Dataset",
            "@id": f"{_first(edition, f'cities/{city.id}')}#data",
            "name": edition.language.say("data.set", name=city.name),
            "description": city.narrative.description,
            "url": _address(edition, "data"),
            "version": city.version,
            "datePublished": edition.alliance.edition.isoformat(),
            **({"dateModified": city.last_modified.isoformat()} if city.last_modified else {}),
            "creator": {"@id": _alliance_id(edition)},
            "isAccessibleForFree": True,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": kind,
                    "contentUrl": edition.settings.site_url + data_url(name),
                }
                for kind, name in [
                    ("application/json", f"cities/{city.id}.json"),
                    ("text/csv", "observations.csv"),
                ]
            ],
        },
    }


def _address(edition: Edition, path: str) -> str:
    settings = edition.settings
    return settings.site_url + page_url(path, edition.locale, settings.locales[0])


def _first(edition: Edition, path: str) -> str:
    """The address of a page in the default language."""
    return edition.settings.site_url + page_url(path, "", "")


def _alliance_id(edition: Edition) -> str:
    return f"{_first(edition, 'index')}#alliance"
