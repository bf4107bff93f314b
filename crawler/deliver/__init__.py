"""Delivery: published issues to where readers are, by sinks that share one contract."""

from __future__ import annotations

from importlib import import_module

from crawler.deliver.parcel import Parcel, Sink, Tools
from crawler.settings import Delivery

# Dotted paths, so that only the sinks in use are imported.
SINKS: dict[str, str] = {
    "smtp": "crawler.deliver.smtp:SmtpSink",
    "webhook": "crawler.deliver.webhook:WebhookSink",
    "slack": "crawler.deliver.slack:SlackSink",
    "discord": "crawler.deliver.discord:DiscordSink",
    "mastodon": "crawler.deliver.mastodon:MastodonSink",
    "buttondown": "crawler.deliver.buttondown:ButtondownSink",
    "listmonk": "crawler.deliver.listmonk:ListmonkSink",
    "git": "crawler.deliver.git:GitSink",
}


def open_sink(delivery: Delivery, parcel: Parcel, tools: Tools) -> Sink:
    """The sink of an entry of `deliver`; it connects when it first sends.

    Raises DeliverError where a secret or a file that it needs is missing.
    """
    module, _, name = SINKS[delivery.sink].partition(":")
    sink: Sink = getattr(import_module(module), name)(delivery.settings, parcel, tools)
    return sink
