"""The screen edition: completes what PDF/UA-1 and PDF/A-2a ask for beyond the PDF engine."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

# That the file conforms to PDF/UA-1, and, since PDF/A knows no such property, its schema
# (ISO 14289-1, clause 5; ISO 19005-2, 6.6.2.3).
_PDFUA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def screen_edition(laid_out: bytes, links: Sequence[Sequence[str]]) -> bytes:
    """A laid out document (tagged, PDF/A-2a, with bleed) as a file to read and to mail.

    It is cut at the trim and says of itself that it conforms to PDF/UA-1 (ISO 14289-1, clause 5).
    `links` are the words of each page's links, in the order of the page; the engine describes a
    link by its target, which a screen reader would spell. The same document gives the same bytes.
    """
    with pikepdf.open(io.BytesIO(laid_out)) as pdf:
        for page, words in zip(pdf.pages, links, strict=True):
            page.mediabox = page.trimbox
            del page.obj[Name.BleedBox], page.obj[Name.TrimBox]
            for link, text in zip(page.obj.get(Name.Annots, Array()), words, strict=True):
                link[Name.Contents] = String(text)
        for element in _elements(pdf.Root.StructTreeRoot.K[0]):
            _scope(element)
            _keep_nesting_rules(pdf, element)
        metadata = pdf.Root.Metadata
        metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", _PDFUA + b"</rdf:RDF>"))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _elements(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements of a structure tree, each before those within."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(_kids(element))


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The child elements of an element."""
    return [kid for kid in _listed(element) if isinstance(kid, Dictionary) and Name.S in kid]


def _listed(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The content of an element: elements, marked content, annotations."""
    kids = element.get(Name.K, Array())
    return list(kids.as_list()) if isinstance(kids, Array) else [kids]


def _scope(element: pikepdf.Object) -> None:
    """Say of a header cell whether it heads its column or its row (ISO 32000-1, table 349).

    The engine names the headers of each cell, which is enough for the standard, but not for
    readers that look at the scope alone.
    """
    if element.S == Name.TH:
        element.A[Name.Scope] = Name.Column if str(element.P.P.S) == "/THead" else Name.Row


def _keep_nesting_rules(pdf: pikepdf.Pdf, element: pikepdf.Object) -> None:
    """Leave in lists, items, tables and links what may stand there (ISO 14289-1, 7.2, 7.18.5).

    HTML allows groups inside a `dl`, anything inside a `li` and a `span` inside an `a`; the
    engine keeps all that, and nests a table's caption by as many tables as it has pages.
    """
    while any(kid.S not in _WITHIN.get(str(element.S), (kid.S,)) for kid in _kids(element)):
        element.K = Array(_ungrouped(element))
    if str(element.S) == "/Table":
        element.K = Array(sorted(_kids(element), key=lambda kid: str(kid.S) != "/Caption"))
    if element.S == Name.LI:
        for index, kid in enumerate(_kids(element)):
            if kid.S not in (Name.Lbl, Name.LBody):
                body = pdf.make_indirect(
                    Dictionary(Type=Name.StructElem, S=Name.LBody, P=element, K=Array([kid]))
                )
                kid.P = body
                element.K[index] = body
    if str(element.S) == "/Span" and any(_is_annotation(kid) for kid in _listed(element)):
        element.S = Name.Link


_WITHIN = {
    "/L": (Name.L, Name.LI, Name.Caption),
    "/Table": (Name.TR, Name.THead, Name.TBody, Name.TFoot, Name.Caption),
}


def _is_annotation(kid: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR


def _ungrouped(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The content of a list or table; an element not allowed there gives way to its own content."""
    for kid in _kids(element):
        if kid.S in _WITHIN[str(element.S)] and kid.S != element.S:
            yield kid
            continue
        for inner in _kids(kid):
            inner.P = element
            yield inner
