"""What reports say, in each language, as data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from staydown.errors import BadRequest

type Language = Literal["en", "zh", "ar"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh", "ar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Sentences by name, in one language."""

    said: Mapping[str, str]

    def say(self, name: str, /, **facts: object) -> str:
        """The sentence, with the facts in their places."""
        return self.said[name].format(**facts)


@cache
def load_words(language: str) -> Words:
    """The words of a language. Raises BadRequest, naming those that there are."""
    if language not in LANGUAGES:
        raise BadRequest(f"--language {language}: one of {', '.join(LANGUAGES)}")
    text = files(__name__).joinpath(f"{language}.toml").read_text("utf-8")
    return Words(said=tomllib.loads(text))
