"""Pages of the site that are neither a city's nor a dossier's, and reserved names of files."""

# Each needs a narrative in every language.
PAGES = ("index", "compare", "secretariat", "sources", "pairs", "data", "news/index",
         "accessibility")  # fmt: skip

# Names that the site and the brochures have taken.
RESERVED = ("index", "gini", "gini-leaflet")
RESERVED_FOLDERS = ("api", "assets", "brochures", "cities", "edit", "news", "pairs", "search")

STILL_RIGHT = "data/still-right.yaml"
SKIPPED_WARNINGS = "data/skipped-warnings.yaml"
