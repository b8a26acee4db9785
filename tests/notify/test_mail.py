"""Letters to notifiers over a real server: neutral, over TLS, and refused for good or for now."""

import ssl
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staydown.casework.writing import Mail, Posted
from staydown.digests import Digest
from staydown.errors import BadRequest, NotSent
from staydown.notify.mail import Mailer, Server, read_mailbox, read_server
from tests.notify.serving import Box, post_office

PAGE = "https://report.forum.example/help/check"
NAME = Digest("ab" * 32)


def mail(to: str = "kim@mail.example") -> Mail:
    return Mail(to=to, name=NAME, at=datetime(2026, 11, 27, 9, 30, tzinfo=UTC))


def mailer(box: Box, scheme: str = "smtp", host: str = "127.0.0.1", **more: object) -> Mailer:
    server = Server(scheme=scheme, host=host, port=box.port, user=str(more.pop("user", "")))
    return Mailer(server=server, sender="post@forum.example", page=PAGE, **more)  # type: ignore[arg-type]  # whatever a test changes


def test_a_letter_says_where_to_read_and_nothing_else() -> None:
    with post_office() as box:
        posted = mailer(box).send(mail())

    assert posted is Posted.TAKEN
    assert box.to == ["kim@mail.example"]
    [letter] = box.letters
    assert (letter["From"], letter["To"]) == ("post@forum.example", "kim@mail.example")
    assert letter["Subject"] == "An update"
    assert letter["Message-ID"] == f"<{NAME[:40]}@forum.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert PAGE in text
    for word in ("case", "photo", "picture", "notice", "report ", "forum "):
        assert word not in text.lower()


@pytest.mark.parametrize("place", ["at_recipient", "at_data"])
def test_what_is_refused_for_good_is_told_apart_from_what_is_refused_for_now(place: str) -> None:
    with post_office() as box:
        setattr(box, place, "550 No such user")
        assert mailer(box).send(mail()) is Posted.REFUSED
        setattr(box, place, "451 Later, please")
        with pytest.raises(NotSent):
            mailer(box).send(mail())

    assert box.letters == []


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with post_office() as box:
        gone = mailer(box)

    with pytest.raises(NotSent, match="the mail server did not take it"):
        gone.send(mail())


@pytest.mark.parametrize(
    "address",
    [
        "no address",
        "a@b\r\nBcc: all@else.example",
        "kim@",
        "@mail.example",
        "a@b, c@d",
        "kim\x00@mail.example",
        "",
    ],
)
def test_what_is_no_address_is_sent_nowhere(address: str) -> None:
    with post_office() as box:
        assert mailer(box).send(mail(address)) is Posted.REFUSED

    assert box.letters == []


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.emails(), st.from_regex(r"[^@]*@[^@]*", fullmatch=True)))
def test_whatever_somebody_typed_is_an_address_or_is_not(text: str) -> None:
    try:
        found = read_mailbox(text)
    except BadRequest:
        return
    assert found.addr_spec.isprintable()
    assert found.domain


def test_letters_that_a_server_does_not_know_are_refused_and_not_tried_for_ever() -> None:
    with post_office() as box:
        assert mailer(box).send(mail("名前@mail.example")) in {Posted.REFUSED, Posted.TAKEN}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed one for 127.0.0.1, its key in the same file."""
    folder = tmp_path_factory.mktemp("tls")
    key, found, both = folder / "key.pem", folder / "found.pem", folder / "both.pem"
    line = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    line += ["-subj", "/CN=mail", "-addext", "subjectAltName=IP:127.0.0.1,IP:127.0.0.2"]
    subprocess.run([*line, "-keyout", key, "-out", found], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + found.read_bytes())
    return both


@pytest.fixture
def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_over_tls_the_server_has_to_be_believed(certificate: Path, serving: ssl.SSLContext) -> None:
    believed = ssl.create_default_context(cafile=str(certificate))
    with post_office(tls=serving) as box:
        posted = mailer(box, "smtps", trust=believed).send(mail())
        with pytest.raises(NotSent):
            mailer(box, "smtps").send(mail())

    assert posted is Posted.TAKEN
    assert len(box.letters) == 1


def test_elsewhere_nothing_is_said_before_tls_and_the_password_never_in_the_clear(
    certificate: Path, serving: ssl.SSLContext
) -> None:
    believed = ssl.create_default_context(cafile=str(certificate))
    with post_office(starts_tls=serving) as box:
        away = mailer(box, host="127.0.0.2", trust=believed, user="staydown", password="secret")
        posted = away.send(mail())

    assert posted is Posted.TAKEN
    assert [(one.login, one.password) for one in box.logins] == [(b"staydown", b"secret")]


def test_a_server_that_offers_no_tls_is_told_nothing() -> None:
    with post_office() as box, pytest.raises(NotSent):
        mailer(box, host="127.0.0.2").send(mail())

    assert box.letters == []


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtp://mail.example", Server(scheme="smtp", host="mail.example", port=587)),
        (
            "smtps://a%40b@mail.example:2465",
            Server(scheme="smtps", host="mail.example", port=2465, user="a@b"),
        ),
        ("smtp://[::1]:25", Server(scheme="smtp", host="::1", port=25)),
    ],
)
def test_a_server_is_named_in_one_line(text: str, server: Server) -> None:
    assert read_server(text) == server


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mail.example", "write it as smtp://"),
        ("http://mail.example", "write it as smtp://"),
        ("smtp://", "write it as smtp://"),
        ("smtp://mail.example/box", "write it as smtp://"),
        ("smtp://user:secret@mail.example", "the password belongs into a file"),
        ("smtp://mail.example:99999", "out of range"),
    ],
)
def test_what_is_no_server_is_said(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_server(text)
