"""What is around the content of every page: head, navigation, foot."""

from __future__ import annotations

import json
from pathlib import Path

from crawler.site.values import ROOT, Site
from crawler.templating import fill

_OURS = Path(__file__).parent / "templates"
GISCUS = " https://giscus.app"


def page(site: Site, path: str, template: str, title: str, about: str = "", /, **values: object) -> str:
    """A page from a template; `path` is its place on the site, `about` a sentence for those who only see links."""
    data = values.pop("data", None) or {"@type": "CollectionPage", "name": title}
    talks = bool(site.giscus and values.get("talks"))
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
        policy=_policy(site, path, talks=talks),
        **values,
    )
    return text.replace(ROOT, "../" * path.count("/"))


def styles(site: Site, base: str) -> str:
    """The style sheet: that of an issue's page with what the site adds."""
    return base + fill(_OURS, "site.css", site.templates)


def script(name: str) -> str:
    """A script of the site; pages read as well without it."""
    return (_OURS / name).read_text(encoding="utf-8")


def _policy(site: Site, path: str, *, talks: bool) -> str:
    """What a page may load (CSP Level 3): the site's own style sheet, and more only where it has a use for it.

    `talks`: it has the comments of giscus, which a reader may ask for.
    """
    finds = path == "find.html"
    rules = {
        "default-src": "'none'",
        "style-src": "'self'" + GISCUS * talks,
        "img-src": "http: https:" if site.pictures else "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'" if finds else "'self'" + GISCUS if talks else "",
        "connect-src": "'self'" if finds else "",
        "worker-src": "'self'" if finds else "",
        "frame-src": GISCUS.strip() if talks else "",
        "form-action": "'self'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items() if value)


def _linked_data(site: Site, path: str, data: object) -> str:
    """schema.org as JSON-LD; no character that could end the script element."""
    assert isinstance(data, dict)
    known: dict[str, object] = {"@context": "https://schema.org", "inLanguage": "en", **data}
    if site.base_url:
        known["url"] = site.base_url + ("" if path == "index.html" else path)
    text = json.dumps(known, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
