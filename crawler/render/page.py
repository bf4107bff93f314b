"""An issue as one page that needs nothing beside itself: no script, no font, no request to anybody."""

from __future__ import annotations

from crawler.model import Issue
from crawler.render.options import RenderOptions
from crawler.render.templating import fill_template
from crawler.render.view import view_of


def render_page(issue: Issue, options: RenderOptions) -> str:
    """A page for every width, light and dark, screen and paper; well-formed as XML, too.

    Pictures lie on the blogs' own servers, so they are links unless `options.images` is "show".
    """
    show = options.images == "show"
    return fill_template(
        "page.html",
        options.templates,
        issue=view_of(issue, options, pictures=show),
        css=fill_template("page.css", options.templates).rstrip("\n"),
        show=show,
        address=options.issue_address(issue),
    )


def page_body(issue: Issue, options: RenderOptions) -> str:
    """What stands between the head and the foot of the page, for a frame that somebody else makes."""
    show = options.images == "show"
    return fill_template("body.html", options.templates, issue=view_of(issue, options, pictures=show), show=show)


def page_styles(options: RenderOptions) -> str:
    """The style sheet of the page."""
    return fill_template("page.css", options.templates)
