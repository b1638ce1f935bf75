"""The pages that belong to no city and no dossier, and reserved file names."""

# Each has a narrative in every language.
PAGES = ("index", "compare", "secretariat", "sources", "pairs", "data", "news/index",
         "accessibility")  # fmt: skip

# Names that no city or dossier may have.
RESERVED = ("index", "gini", "gini-leaflet")
RESERVED_FOLDERS = ("api", "assets", "brochures", "cities", "edit", "news", "pairs", "search")

STILL_RIGHT = "data/still-right.yaml"
SKIPPED_WARNINGS = "data/skipped-warnings.yaml"
