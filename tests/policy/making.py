"""Packs and libraries as tests need them: a shipped one, changed in its text."""

from importlib.resources import files

from staydown.policy.library import Library, gather
from staydown.policy.packs import Pack
from staydown.policy.reading import read_pack

UK = (files("staydown.policy") / "packs" / "uk-osa-2026-11-01.toml").read_text(encoding="utf-8")
"""A short pack, whole."""


def pack(*changes: tuple[str, str], file: str = "uk.toml") -> Pack:
    """The pack of the United Kingdom, with these pieces of its text in place of others."""
    return read_pack(changed(*changes), file)


def changed(*changes: tuple[str, str]) -> str:
    """Its text. Each piece must be there to be replaced."""
    text = UK
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def library(*packs: Pack) -> Library:
    return gather(packs)
