"""What single sinks promise beyond the contract: breaks, refusals, forms of text; and the command."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.app import App
from crawler.cli.root import run as crawl_command
from crawler.deliver.chat import chat_text
from crawler.deliver.discord import DiscordSink
from crawler.deliver.mastodon import status_size, status_text
from crawler.deliver.newsletter import newsletter_body
from crawler.deliver.parcel import Parcel
from crawler.deliver.slack import SlackSink
from crawler.fetch.client import HttpFetcher
from crawler.model import Issue, Item
from crawler.ports import Call, NoReply, Reply
from crawler.serving import Service as Serving
from crawler.settings import SINK_SETTINGS, FetchSettings, ListmonkSettings, MailSecurity, SmtpSettings
from tests.contract.test_sinks import ISSUE, World
from tests.support import counterparts, mailserver, repository
from tests.support.counterparts import SECRET, Campaigns, Counterpart, Service
from tests.support.drafts import GOOD
from tests.support.mailserver import Mailbox
from tests.support.repository import Repository
from tests.support.server import Authority
from tests.support.stores import NOW, URL, add_article
from tests.unit.test_composing import issue

TOP = Path(__file__).resolve().parents[3]
MakeMail = Callable[..., tuple[Counterpart, Mailbox, World]]


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[MakeMail]:
    """Makes a mail server for `security` and a crawl that trusts it."""
    opened: list[tuple[Counterpart, World]] = []

    def make(security: MailSecurity = "starttls", **how: tuple[str, ...]) -> tuple[Counterpart, Mailbox, World]:
        authority = Authority()
        part, box = mailserver.smtp(security, None if security == "none" else authority.context(), **how)
        world = World(tmp_path, {**part.environ, "SSL_CERT_FILE": authority.pem(tmp_path)})
        opened.append((part, world))
        return part, box, world

    yield make
    for part, world in opened:
        part.close()
        world.fetcher.close()


PEOPLE = tuple(f"reader{n}@acme.example" for n in range(5))


class TestMail:
    @pytest.mark.parametrize("security", ["starttls", "tls", "none"])
    def test_each_reader_gets_a_message_of_their_own(self, mail: MakeMail, security: MailSecurity) -> None:
        """Encrypted as asked for, and nobody sees who else gets it."""
        part, _, world = mail(security)
        world.send(part)
        assert [one.recipients for one in part.received] == [("ada@acme.example",), ("bo@acme.example",)]
        assert [one.message["To"] for one in part.received] == ["ada@acme.example", "bo@acme.example"]
        assert {one.sender for one in part.received} == {"news@acme.example"}
        assert {one.secure for one in part.received} == {security != "none"}
        assert part.received[0].message["Subject"].endswith("#84")

    def test_delivery_goes_on_where_it_broke_off(self, mail: MakeMail) -> None:
        """Everybody gets it once, whatever happened in between."""
        part, box, world = mail(to=PEOPLE)
        box.fail_after = 2
        world.failure(part)
        assert len(part.received) == len(world.crawl.store.sent("default", 84, "my-smtp")) == 2
        box.fail_after = None
        world.send(part)
        assert [one.recipients[0] for one in part.received] == list(PEOPLE)
        assert world.told[-1] == "my-smtp: sent to 3 of 5, 2 had it before"

    def test_a_server_that_takes_few_messages_a_connection(self, mail: MakeMail) -> None:
        part, box, world = mail(to=PEOPLE)
        box.hang_up_after = 2
        world.send(part)
        assert [one.recipients[0] for one in part.received] == list(PEOPLE)
        assert len(box.connections) >= 3

    def test_one_refused_address_keeps_nobody_else_from_getting_it(self, mail: MakeMail) -> None:
        part, box, world = mail(to=PEOPLE)
        box.refuse[PEOPLE[1]] = "550 5.1.1 no such user"
        message = world.failure(part)
        assert f"{PEOPLE[1]} was refused: 550 5.1.1 no such user; take the address off the list" in message
        assert [one.recipients[0] for one in part.received] == [PEOPLE[0], *PEOPLE[2:]]
        assert PEOPLE[1] not in world.crawl.store.sent("default", 84, "my-smtp")

    def test_a_test_mail_goes_to_one_and_is_not_recorded(self, mail: MakeMail) -> None:
        part, _, world = mail(to=PEOPLE)
        world.send(part, to="me@acme.example")
        world.send(part, to="me@acme.example")
        assert [one.recipients for one in part.received] == [("me@acme.example",)] * 2
        assert world.crawl.store.sent("default", 84, "my-smtp") == set()

    def test_the_rate_is_kept(self, mail: MakeMail) -> None:
        part, _, world = mail(to=PEOPLE)
        assert isinstance(part.settings, SmtpSettings)
        part.settings = replace(part.settings, rate=30.0)
        world.send(part)
        assert world.slept == [2.0] * 4

    def test_addresses_come_from_a_file_too(self, mail: MakeMail, tmp_path: Path) -> None:
        """Each once; a line that is none stops everything, by its number."""
        part, _, world = mail(to=PEOPLE[:1])
        assert isinstance(part.settings, SmtpSettings)
        part.settings = replace(part.settings, file="readers.txt")
        (tmp_path / "readers.txt").write_text(f"# ours\nBo <bo@acme.example>\n{PEOPLE[0]}  # twice\nnobody\n")
        assert "readers.txt:4: 'nobody' is no address" in world.failure(part)
        assert part.received == []
        (tmp_path / "readers.txt").write_text(f"# ours\nBo <bo@acme.example>\n{PEOPLE[0]}  # twice\n\n")
        world.send(part)
        assert [one.recipients[0] for one in part.received] == [PEOPLE[0], "bo@acme.example"]

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_a_wrong_password_names_where_it_comes_from(self, mail: MakeMail, security: MailSecurity) -> None:
        """Refused before anything is sent, over both kinds of TLS, without telling the password."""
        part, _, world = mail(security)
        world.outside.environ["CRAWL_SMTP_PASSWORD"] = "wr0ng-f00d"  # type: ignore[index]
        message = world.failure(part)
        assert "refused the user or the password (535); check CRAWL_SMTP_PASSWORD" in message
        assert "wr0ng" not in message
        assert part.received == []

    def test_no_password_in_clear(self, mail: MakeMail) -> None:
        part, _, world = mail("none")
        assert isinstance(part.settings, SmtpSettings)
        part.settings = replace(part.settings, host="mail.example", user="me")
        assert "in clear" in world.failure(part)

    def test_a_certificate_that_nobody_vouches_for(self, mail: MakeMail) -> None:
        part, _, world = mail()
        world.outside.environ["SSL_CERT_FILE"] = ""  # type: ignore[index]
        assert "certificate verify failed" in world.failure(part)
        assert part.received == []


def test_a_campaign_that_was_made_and_not_started_is_started_later(tmp_path: Path) -> None:
    """And not made a second time."""
    campaigns = Campaigns()
    part = counterparts.listmonk(campaigns)
    world = World(tmp_path, part.environ)
    campaigns.refuse_start = True
    assert "database is away" in world.failure(part)
    campaigns.refuse_start = False
    world.send(part)
    assert [row["status"] for row in campaigns.rows] == ["running"]
    assert isinstance(part.settings, ListmonkSettings)
    part.settings = replace(part.settings, delay_hours=2.0)
    world.send(part, made=issue(85, "c"))
    assert [row["status"] for row in campaigns.rows] == ["running", "scheduled"]
    assert campaigns.rows[1]["send_at"] == "2026-11-21T12:00:00+00:00"
    part.close()
    world.fetcher.close()


def test_git_takes_its_folder_alone_and_a_correction_again(tmp_path: Path) -> None:
    part = repository.git(tmp_path)
    assert isinstance(part, Repository)
    world = World(tmp_path, part.environ)
    world.send(part)
    listed = repository.run("-C", str(part.bare), "ls-tree", "-r", "--name-only", "main")
    assert listed == "public/084.md"
    (tmp_path / "clone" / "public" / "084.md").write_text("# Issue 84, corrected\n")
    world.send(part)
    world.send(part)
    assert len(part.commits()) == 2
    world.fetcher.close()


class TestPoster:
    """One exchange with a service, within bounds."""

    def test_a_line_that_goes_dead_after_the_request_leaves_doubt(self, tmp_path: Path) -> None:
        """The request is not made again; before a connection there is no doubt."""
        fetcher = HttpFetcher(FetchSettings(allow_private_hosts=("127.0.0.0/8",)), user_agent="t/1", environ={})
        with Service(lambda _: (0, "")) as service:
            reply = fetcher.call(Call("POST", service.url, {"X-One": "1"}, b"{}"))
            assert isinstance(reply, NoReply)
            assert reply.unsure
            assert len(service.requests) == 1
        gone = fetcher.call(Call("POST", service.url, body=b"{}"))
        assert isinstance(gone, NoReply)
        assert not gone.unsure
        fetcher.close()

    def test_a_private_address_is_refused_and_a_redirect_is_an_answer(self) -> None:
        guarded = HttpFetcher(FetchSettings(), user_agent="t/1", environ={})
        allowed = HttpFetcher(FetchSettings(allow_private_hosts=("127.0.0.1",)), user_agent="t/1", environ={})
        with Service(lambda _: (302, "{}")) as service:
            service.extra["Location"] = service.url + "/other"
            refused = guarded.call(Call("POST", service.url + f"/{SECRET}", body=b"{}"))
            moved = allowed.call(Call("POST", service.url, body=b"{}"))
            assert len(service.requests) == 1
            assert service.requests[0].headers["user-agent"] == "t/1"
        assert isinstance(refused, NoReply)
        assert "allow_private_hosts" in refused.message
        assert SECRET not in refused.message
        assert isinstance(moved, Reply)
        assert moved.status == 302
        for one in (guarded, allowed):
            one.close()


def test_a_service_that_asks_for_a_moment_gets_it(tmp_path: Path) -> None:
    part = counterparts.slack()
    answers = iter([(429, "slow down"), (200, "ok")])
    with Service(lambda _: next(answers)) as service:
        service.extra["Retry-After"] = "7"
        world = World(tmp_path, {"CRAWL_SLACK_URL": service.url + "/services/x"})
        world.send(part)
        assert (len(service.requests), world.slept) == (2, [7.0])
    part.close()
    world.fetcher.close()


def slack_text(parcel: Parcel) -> str:
    return chat_text(parcel, SlackSink.markup)


def discord_text(parcel: Parcel) -> str:
    return chat_text(parcel, DiscordSink.markup)


def _parcel(made: Issue, address: str | None = "https://n.example/84", markdown: str = "") -> Parcel:
    return Parcel(made, "Weekend Reading #84", address, Path(), lambda _: markdown.encode())


@given(
    titles=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), max_size=60),
    address=st.sampled_from([None, "https://n.example/84"]),
)
def test_texts_keep_to_the_limits_of_their_channels(titles: list[str], address: str | None) -> None:
    """Whatever the titles are, and nobody is called by name."""
    items = tuple(Item(title=title, url=f"https://a.example/{n}") for n, title in enumerate(titles))
    sections = (replace(ISSUE.sections[0], items=items),)
    parcel = _parcel(replace(ISSUE, sections=sections), address)
    slack, discord, status = slack_text(parcel), discord_text(parcel), status_text(parcel, 500)
    assert len(slack) <= 3900
    assert len(discord) <= 2000
    assert status_size(status) <= 500
    assert "<!" not in slack


def test_markup_of_titles_is_only_text() -> None:
    made = replace(ISSUE, sections=(replace(ISSUE.sections[0], items=(Item(title="<!channel> @ada *x*", url="https://a.example/|>"),)),))  # fmt: skip
    assert "&lt;!channel&gt;" in slack_text(_parcel(made))
    assert "@ada" not in status_text(_parcel(made), 500)
    assert r"\*x\*" in discord_text(_parcel(made))


def test_links_of_messages_follow_nobody_and_lead_to_the_place() -> None:
    """The same addresses as in every format: no trackers, the editor's fragment, valid characters."""
    pasted = Item(title="T", url="https://a.example/p?utm_source=rss&tags[]=a|b#part>2")
    parcel = _parcel(
        replace(ISSUE, lead="", sections=(replace(ISSUE.sections[0], items=(pasted, Item("U", ""))),)), None
    )
    address = "https://a.example/p?tags%5B%5D=a%7Cb#part%3E2"
    assert f"<{address}|T>\n• U" in slack_text(parcel)
    assert f"[T](<{address}>)\n- U" in discord_text(parcel)
    assert f"• T {address}\n• U" in status_text(parcel, 500)


def test_a_newsletter_has_neither_front_matter_nor_template_marks() -> None:
    body = newsletter_body(_parcel(ISSUE, markdown="---\ntitle: x\n---\n\n# A\n\n{{ secrets }} {% x %} \\{{ y }}\n"))
    assert body.startswith("# A")
    assert "{{" not in body
    assert "{%" not in body


def test_every_field_of_every_sink_is_documented() -> None:
    text = (TOP / "docs" / "delivery.md").read_text(encoding="utf-8")
    for name, settings in SINK_SETTINGS.items():
        assert f"## {name}" in text or f", {name}\n" in text
        missing = [one.name for one in dataclasses.fields(settings) if f"`{one.name}`" not in text]
        assert not missing, name
        variable = next((one.default for one in dataclasses.fields(settings) if one.name == "env"), None)
        assert variable is None or f"`{variable}`" in text


def test_the_command_publishes_sends_and_sends_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    part = counterparts.slack()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAWL_SLACK_URL", part.environ["CRAWL_SLACK_URL"])
    (tmp_path / "sources.yaml").write_text(
        "settings: {fetch: {allow_private_hosts: [127.0.0.1]}}\ndeliver: {slack: }\nsources: [{url: 'https://a.example/f'}]\n"
    )
    (tmp_path / "084.md").write_text(GOOD)
    base = ["publish", "084.md", "--database", f"sqlite:///{tmp_path}/db.sqlite"]
    assert crawl_command([*base, "--send", "--dry-run"]) == 0
    assert "slack: would post a message" in capsys.readouterr().out
    assert not (tmp_path / "public").exists()
    part.break_down()
    assert crawl_command([*base, "--send"]) == 4
    told = capsys.readouterr()
    assert "issue 84 is published" in told.err
    assert SECRET not in told.err + told.out
    part.mend()
    assert crawl_command([*base, "--send"]) == 0
    assert crawl_command([*base, "--send"]) == 0
    assert part.count() == 1
    assert "Weekend Reading" in json.dumps(part.received[0])
    assert crawl_command([*base, "--dry-run"]) == 2
    assert crawl_command([*base, "--send", "--to", "nobody"]) == 2
    assert crawl_command([*base, "--send", "--to", "me@acme.example"]) == 2
    part.close()


@pytest.mark.parametrize("send", [False, True])
def test_the_service_sends_only_where_it_is_told_to(tmp_path: Path, *, send: bool) -> None:
    part = counterparts.slack()
    schedule = f"{{publish: true, send: {str(send).lower()}}}"
    (tmp_path / "sources.yaml").write_text(
        f"settings: {{fetch: {{allow_private_hosts: [127.0.0.1]}}, schedule: {schedule}, issue: {{floor: 0}}}}\n"
        "deliver: {slack: }\nsources: [{slug: acme, url: 'https://acme.example/f'}]\n"
    )
    app = App(tmp_path / "sources.yaml", f"sqlite:///{tmp_path}/db.sqlite", environ=part.environ)
    add_article(app.store, URL)
    service = Serving(app, clock=lambda: NOW)
    service.weekly()
    assert service.health.last_error is None
    assert list((tmp_path / "public").iterdir())
    assert part.count() == int(send)
    app.close()
    part.close()
