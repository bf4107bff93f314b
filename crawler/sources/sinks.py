"""The section `deliver` of sources.yaml: where published issues go."""

from __future__ import annotations

import re
from dataclasses import fields

from crawler.settings import SINK_SETTINGS, Delivery, SmtpSettings
from crawler.sources import checks
from crawler.sources.filling import Checks, Problems, describe, fill
from crawler.text import mailbox

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")


def variable(value: str) -> str | None:
    """The name of an environment variable, never the secret itself."""
    if re.fullmatch(r"[A-Z_][A-Z0-9_]{0,99}", value):
        return None
    return "this must be the name of an environment variable, in capitals; never write the secret itself into this file"


def address(value: str) -> str | None:
    """A bare address of mail."""
    found = mailbox(value)
    return None if found and not found[0] else f"{value!r} is no address of mail; give one such as ada@example.org"


def host(value: str) -> str | None:
    """The name or address of a server, without scheme and port."""
    if re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:]{2,39}", value):
        return None
    return f"{value!r} is no host; give a name such as smtp.example.org, and the port as `port`"


def reference(value: str) -> str | None:
    """A remote or branch of git, which must not be taken for an option."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/@:~+-]{0,250}", value):
        return None
    return f"{value!r} is no name of a remote or branch; give one such as origin or main"


def plain_url(value: str) -> str | None:
    """A web address without a password in it."""
    if "@" in value.partition("://")[2].partition("/")[0]:
        return "this address holds a password; put it into an environment variable instead"
    return checks.web_url(value)


_CHECKS: Checks = {
    **{(cls.__name__, "env"): variable for cls in SINK_SETTINGS.values()},
    **{(cls.__name__, "url"): plain_url for cls in SINK_SETTINGS.values()},
    ("WebhookSettings", "token_env"): variable,
    ("SmtpSettings", "host"): host,
    ("SmtpSettings", "port"): checks.between(1, 65535),
    ("SmtpSettings", "to"): address,
    ("SmtpSettings", "rate"): checks.between(0.1, 100_000),
    ("MastodonSettings", "max_chars"): checks.between(100),
    ("ListmonkSettings", "lists"): checks.between(1),
    ("ListmonkSettings", "delay_hours"): checks.between(0, 720),
    ("ButtondownSettings", "delay_hours"): checks.between(0, 720),
    ("GitSettings", "remote"): reference,
    ("GitSettings", "branch"): reference,
}


def read_deliveries(value: object, problems: Problems) -> tuple[Delivery, ...]:
    """The entries in the order of the file; what is wrong goes to `problems` and is left out."""
    if value is None:
        return ()
    if not isinstance(value, dict):
        problems.add(("deliver",), f"`deliver` must be names with settings, not {describe(value)}; write `slack: {{}}`")
        return ()
    return tuple(found for name, given in value.items() if (found := _delivery(str(name), given, problems)))


def _delivery(name: str, given: object, problems: Problems) -> Delivery | None:
    path = ("deliver", name)
    if not _NAME.fullmatch(name):
        problems.add(path, f"`{name}` cannot be a name; use lower-case letters, digits and hyphens")
        return None
    if given is not None and not isinstance(given, dict):
        # The value is not shown: it may be a secret in the wrong place.
        problems.add(path, f"`{name}` must be keys with values; write `{name}: {{}}`, and secrets into the environment")
        return None
    values = dict(given or {})
    sink = values.pop("sink", name)
    if not isinstance(sink, str) or sink not in SINK_SETTINGS:
        hint = checks.nearest(str(sink), SINK_SETTINGS) or f"; choose `sink:` from {', '.join(SINK_SETTINGS)}"
        where = (*path, "sink") if given and "sink" in given else path
        problems.add(where, f"there is no sink `{sink}`{hint}")
        return None
    cls = SINK_SETTINGS[sink]
    settings = cls(**fill(cls, values, path, problems, _CHECKS))
    for field in fields(cls):
        wanted = field.default in ("", ()) and not (cls is SmtpSettings and field.name == "to")
        if wanted and not values.get(field.name):
            problems.add(path, f"`{name}` has no `{field.name}`, which {sink} needs; see docs/delivery.md")
    if isinstance(settings, SmtpSettings) and not settings.to and not settings.file and not values.get("to"):
        problems.add(path, f"`{name}` has no recipients; give `to: [ada@example.org]` or `file: subscribers.txt`")
    return Delivery(name, sink, settings)
