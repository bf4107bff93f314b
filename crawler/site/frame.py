"""What is around the content of every page: head, navigation, foot."""

from __future__ import annotations

import json
from pathlib import Path

from crawler.site.values import ROOT, Site
from crawler.templating import fill

_OURS = Path(__file__).parent / "templates"


def page(site: Site, path: str, template: str, title: str, about: str = "", /, **values: object) -> str:
    """A page from a template; `path` is its place on the site, `about` a sentence for those who only see links."""
    data = values.pop("data", None) or {"@type": "CollectionPage", "name": title}
    text = fill(
        _OURS,
        template,
        site.templates,
        site=site,
        root=ROOT,
        title=title,
        about=about,
        address=site.base_url + ("" if path == "index.html" else path) if site.base_url else "",
        data=_linked_data(site, path, data),
        here=path,
        **values,
    )
    return text.replace(ROOT, "../" * path.count("/"))


def styles(site: Site, base: str) -> str:
    """The style sheet: that of an issue's page with what the site adds."""
    return base + fill(_OURS, "site.css", site.templates)


def filter_script(site: Site) -> str:
    """The script that lets readers narrow the articles of a page; the page reads as well without it."""
    return fill(_OURS, "site-filter.js", site.templates).rstrip("\n")


def _linked_data(site: Site, path: str, data: object) -> str:
    """schema.org as JSON-LD; no character that could end the script element."""
    assert isinstance(data, dict)
    known: dict[str, object] = {"@context": "https://schema.org", "inLanguage": "en", **data}
    if site.base_url:
        known["url"] = site.base_url + ("" if path == "index.html" else path)
    text = json.dumps(known, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
