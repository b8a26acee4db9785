"""The secret of a case as fifteen words, which people copy with fewer mistakes than letters.

BIP-39, <https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki>, with 160 bits and a
checksum of 5, over its English list: 2,048 words of 3 to 8 letters, of which the first four tell
each apart. The list is kept as it was published, by Pavol Rusnak and others, under the MIT licence.

What is said here of typed words follows from the words alone. No case is looked at for it.
"""

import base64
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Final

from staydown.digests import sha256
from staydown.errors import BadRequest, Misconfigured

COUNT: Final = 15
SECRET_BITS: Final = 160
CHECK_BITS: Final = 5
WORD_BITS: Final = 11
TELLING: Final = 4
"""Letters that tell each word from every other."""

LIST_DIGEST: Final = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
SECRET: Final = re.compile(r"[a-z2-7]{32}")
LETTERS: Final = re.compile(r"[a-z]+")

UNKIND: Final = frozenset(
    "abuse assault attack blame blood bomb bullet crime cruel cry danger destroy dirt dumb enemy "
    "evil expose fat fault fever garbage gossip guilt gun harsh hidden horror hunt hurt injury "
    "insane knife mad mistake naive nasty panic photo picture pig poverty prison punch rude sad "
    "scare shoot sick spy suffer tragic trap trash ugly useless vicious video virus weapon weird "
    "worry wrong".split()
)
"""Words that nobody should be handed here: no receipt is drawn with one."""
DRAWS: Final = 50
"""How often is drawn at most. One draw in three has an unkind word, so this is never reached."""


@cache
def word_list() -> tuple[str, ...]:
    """The words by their numbers. Raises Misconfigured if they are not those published."""
    found = (files("staydown.casework") / "words" / "english.txt").read_bytes()
    if sha256(found) != LIST_DIGEST:
        raise Misconfigured("the list of recovery words is damaged: install Staydown again")
    return tuple(found.decode("ascii").split())


@cache
def numbers() -> dict[str, int]:
    """Each word, and the beginnings that tell it, → its number, from 0."""
    return {
        word[:length]: number
        for number, word in enumerate(word_list())
        for length in range(min(TELLING, len(word)), len(word) + 1)
    }


def words_of(secret: str) -> tuple[str, ...]:
    """The fifteen words of a secret, which has the shape of `ids.new_secret`."""
    bits = SECRET_BITS + CHECK_BITS
    drawn = base64.b32decode(secret.upper())
    number = int.from_bytes(drawn) << CHECK_BITS | _check(drawn)
    starts = range(bits - WORD_BITS, -1, -WORD_BITS)
    return tuple(word_list()[number >> start & (2**WORD_BITS - 1)] for start in starts)


def read_secret(typed: str) -> str:
    """The secret that was typed: as letters and digits, or as its words.

    Capitals, spaces, and numbers or commas between words do not matter, nor what comes after the
    fourth letter of a word, if it could go on like that. Raises BadRequest if there are words and
    they cannot be right, whichever case they are for; anything else is handed back to be tried.
    """
    joined = "".join(typed.split()).lower()
    words = LETTERS.findall(typed.lower())
    known = sum(word in numbers() for word in words)
    are_words = 2 * known > len(words) > COUNT // 2
    return _secret_of(words) if are_words and not SECRET.fullmatch(joined) else joined


def draw_kindly[S: str](draw: Callable[[], S], secret_of: Callable[[S], str] = str) -> S:
    """Something drawn, from which follows a secret that has no unkind word.

    It costs the secret half a bit of 160.
    """
    for _ in range(DRAWS):
        drawn = draw()
        if UNKIND.isdisjoint(words_of(secret_of(drawn))):
            break
    return drawn


def _secret_of(words: list[str]) -> str:
    if unknown := [place for place, word in enumerate(words, 1) if word not in numbers()]:
        raise _not_in_list(unknown)
    if len(words) != COUNT:
        raise BadRequest(
            "there are {count} words, and you typed {typed}", count=COUNT, typed=len(words)
        )
    number = 0
    for word in words:
        number = number << WORD_BITS | numbers()[word]
    drawn = (number >> CHECK_BITS).to_bytes(SECRET_BITS // 8)
    if number & (2**CHECK_BITS - 1) != _check(drawn):
        raise BadRequest(
            "one word is another one, or two have changed places: compare each with what you kept"
        )
    return base64.b32encode(drawn).decode().lower()


def _not_in_list(places: list[int]) -> BadRequest:
    if len(places) == 1:
        says = "word {place} is not in the list: check how it is spelled"
        return BadRequest(says, place=places[0])
    says = "words {places} and {last} are not in the list: check how they are spelled"
    return BadRequest(says, places=", ".join(map(str, places[:-1])), last=places[-1])


def _check(drawn: bytes) -> int:
    """The first bits of their SHA-256 (BIP-39, "Generating the mnemonic")."""
    return int(sha256(drawn)[:2], 16) >> (8 - CHECK_BITS)
