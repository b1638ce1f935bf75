"""Sandboxed, autoescaping Jinja environment of the templates in macros/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import BytecodeCache, DictLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from brochure.base.cache import Cache, Key
from brochure.render.figure_layout import has_long_label, number_and_unit, unit_width


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with cached answers: one for each type of object, not for each object."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read the attribute: Jinja decides by type and name alone."""
        key = type(obj), attr
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


class _Compiled(BytecodeCache):
    """Bytecode of templates that an earlier build compiled, by their text and this program."""

    def __init__(self, stored: Cache) -> None:
        self._stored = stored

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the bytecode of a template, if there is any."""
        if (kept := self._stored.get(self._key(bucket))) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the bytecode of a template that was just compiled."""
        self._stored.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> Key:
        return self._stored.key("templates", __name__, bucket.key, bucket.checksum)


class Templates:
    """Templates of `macros/`, compiled once for all pages and languages."""

    def __init__(self, templates: Mapping[str, str], stored: Cache | None = None) -> None:
        self._environment = _Sandbox(
            loader=DictLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_Compiled(stored) if stored else None,
        )
        self._environment.filters |= {
            "has_long_label": has_long_label,
            "number_and_unit": number_and_unit,
            "unit_width": unit_width,
        }

    def __getitem__(self, name: str) -> Template:
        return self._environment.get_template(name)
