"""All packs of the shop, by regime and version, and which of them apply on a day.

An old case keeps the rule of its day: later versions are added, and earlier ones stay.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from staydown.errors import BadPack, NotFound
from staydown.policy.marks import Absent
from staydown.policy.packs import Pack, PackRef, RegimeId
from staydown.policy.reading import read_pack

SHIPPED = "staydown.policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Packs, earliest version of each regime first."""

    packs: Mapping[RegimeId, tuple[Pack, ...]]

    @property
    def regimes(self) -> tuple[RegimeId, ...]:
        """Every regime there is a pack for, in the order of the alphabet."""
        return tuple(self.packs)

    def all(self) -> tuple[Pack, ...]:
        """Every pack, by regime and version."""
        return tuple(pack for versions in self.packs.values() for pack in versions)

    def find(self, ref: PackRef) -> Pack | None:
        """That very pack, however old; None where it is gone."""
        return next((one for one in self.packs.get(ref.regime, ()) if one.ref == ref), None)

    def pack(self, ref: PackRef) -> Pack:
        """That very pack. Raises NotFound."""
        if found := self.find(ref):
            return found
        raise NotFound(f"no pack {ref.regime} of {ref.version}")

    def name_of(self, ref: PackRef) -> str:
        """What its law is called; its id, where the pack is gone."""
        found = self.find(ref)
        return found.name if found else ref.regime

    def applying(self, regimes: Iterable[RegimeId], at: datetime) -> tuple[Pack, ...]:
        """The version of each regime that is in force at that moment; none where none is yet."""
        found = (_in_force(self.packs.get(regime, ()), at) for regime in regimes)
        return tuple(pack for pack in found if pack is not None)


def _in_force(versions: tuple[Pack, ...], at: datetime) -> Pack | None:
    return next((pack for pack in reversed(versions) if _applies(pack, at)), None)


def _applies(pack: Pack, at: datetime) -> bool:
    """From the first moment of its first day, where that day begins."""
    if isinstance(pack.applies_from, Absent):
        return True
    return at.astimezone(pack.zone).date() >= pack.applies_from.value


def gather(packs: Iterable[Pack]) -> Library:
    """A library of these packs. Raises BadPack for two of one regime and version."""
    found: dict[RegimeId, list[Pack]] = {}
    for pack in sorted(packs, key=lambda one: (one.regime, one.version)):
        versions = found.setdefault(pack.regime, [])
        if versions and versions[-1].version == pack.version:
            raise BadPack(
                f"{pack.file}: version: {versions[-1].file} is of the same day: give it another"
            )
        versions.append(pack)
    return Library(packs=MappingProxyType({name: tuple(them) for name, them in found.items()}))


@cache
def shipped() -> Library:
    """The packs that come with this program."""
    return gather(_read_all(files(SHIPPED) / "packs"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The laws that bind one operator: the regimes they chose, and the packs to look them up in."""

    regimes: tuple[RegimeId, ...] = ()
    library: Library = field(default_factory=shipped, repr=False)

    def applying(self, at: datetime) -> tuple[Pack, ...]:
        """The packs in force at that moment."""
        return self.library.applying(self.regimes, at)


def read_folder(folder: Path) -> Library:
    """The packs in a folder of one's own. Raises BadPack, also where there is none."""
    packs = _read_all(folder)
    if not packs:
        raise BadPack(f"{folder}: holds no pack: a pack is a file whose name ends in .toml")
    return gather(packs)


def _read_all(folder: Traversable | Path) -> list[Pack]:
    return [read_pack(text, name) for name, text in texts_in(folder)]


def texts_in(folder: Traversable | Path) -> list[tuple[str, str]]:
    """Name and text of every TOML file in a folder, by name. Raises BadPack."""
    try:
        found = [one for one in folder.iterdir() if one.name.endswith(".toml")]
        return sorted((one.name, one.read_text(encoding="utf-8")) for one in found)
    except (OSError, UnicodeDecodeError) as error:
        raise BadPack(f"{folder}: cannot be read: {error}") from error
