"""Digests, commitments and the one way to write JSON."""

from staydown.digests import canonical, commit, sha256


def test_the_digest_of_nothing_is_the_published_one() -> None:
    """NIST's example for the empty message."""
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_commitment_is_hmac_sha256() -> None:
    """RFC 4231, test case 2."""
    assert commit(b"what do ya want for nothing?", b"Jefe") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_the_same_value_under_another_salt_looks_unrelated() -> None:
    assert commit(b"a link", b"salt one") != commit(b"a link", b"salt two")


def test_json_is_written_in_one_way_only() -> None:
    value = {"b": [1, True, None], "a": "né\n"}

    assert canonical(value) == '{"a":"né\\n","b":[1,true,null]}'.encode()
    assert canonical(dict(reversed(value.items()))) == canonical(value)
