"""The versions of the system's libraries that packages load, as these libraries state them.

They come with the operating system and no package names them: an upgrade of Pango changes how
every document is laid out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache

# The libraries behind a package. WeasyPrint loads Pango, HarfBuzz, Fontconfig and GLib; FreeType
# and FriBidi come with Pango.
LOADED_BY: Mapping[str, tuple[str, ...]] = {
    "weasyprint": (
        "fontconfig", "freetype", "fribidi", "glib", "harfbuzz", "harfbuzz-subset", "pango",
    ),
}  # fmt: skip


@cache
def library_version(library: str) -> str:
    """The version of a library of the system, or `absent` where it cannot be loaded."""
    names, read = _LIBRARIES[library]
    for name in names:
        with suppress(OSError, AttributeError, ValueError):
            return read(ctypes.CDLL(name))
    return "absent"


def _text(function: str) -> Callable[[ctypes.CDLL], str]:
    """A reader of the version of a library whose function returns it as a text."""

    def read(library: ctypes.CDLL) -> str:
        asked = getattr(library, function)
        asked.restype = ctypes.c_char_p
        return str(asked().decode())

    return read


def _fontconfig(library: ctypes.CDLL) -> str:
    return str(library.FcGetVersion())


def _freetype(library: ctypes.CDLL) -> str:
    handle = ctypes.c_void_p()
    library.FT_Init_FreeType(ctypes.byref(handle))
    numbers = [ctypes.c_int() for _ in range(3)]
    library.FT_Library_Version(handle, *map(ctypes.byref, numbers))
    library.FT_Done_FreeType(handle)
    return ".".join(str(number.value) for number in numbers)


def _fribidi(library: ctypes.CDLL) -> str:
    stated = ctypes.c_char_p.in_dll(library, "fribidi_version_info").value or b""
    # The name of the program and its version; a description of the build follows.
    return stated.decode().partition("\n")[0]


def _glib(library: ctypes.CDLL) -> str:
    parts = ("major", "minor", "micro")
    return ".".join(
        str(ctypes.c_uint.in_dll(library, f"glib_{part}_version").value) for part in parts
    )


# Where a library is found, on Linux and on macOS, and how its version is read. That of the part
# of HarfBuzz that cuts fonts is the version of the HarfBuzz which it is linked with.
_LIBRARIES: Mapping[str, tuple[tuple[str, str], Callable[[ctypes.CDLL], str]]] = {
    "fontconfig": (("libfontconfig.so.1", "libfontconfig.1.dylib"), _fontconfig),
    "freetype": (("libfreetype.so.6", "libfreetype.6.dylib"), _freetype),
    "fribidi": (("libfribidi.so.0", "libfribidi.0.dylib"), _fribidi),
    "glib": (("libglib-2.0.so.0", "libglib-2.0.0.dylib"), _glib),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.0.dylib"), _text("hb_version_string")),
    "harfbuzz-subset": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        _text("hb_version_string"),
    ),
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib"), _text("pango_version_string")),
}
