"""City brochures: YAML facts and Markdown narratives in, a multilingual site and brochures out.

Data goes forward once: load, validate, localize, render, publish (`brochure.program` is that page).
"""
