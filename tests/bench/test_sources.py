"""One photograph in several sizes is one source; two photographs are two."""

from pathlib import Path

from staydown.cli.bench.photographs import list_candidates, read_photograph, usable
from staydown.cli.bench.sources import group_by_source
from staydown.cli.bench.split import COLUMNS, Part, Row, part_of, read_rows, split, write_rows
from tests.bench.making import small, write_folder, write_photo


def stems(folder: Path) -> set[frozenset[str]]:
    """Which files of a folder are of one source, by their paths from it."""
    read = usable(map(read_photograph, list_candidates([folder])))
    return {
        frozenset(str(one.path.relative_to(folder)) for one in source.photographs)
        for source in group_by_source(read)
    }


def test_different_photographs_are_different_sources(tmp_path: Path) -> None:
    write_folder(tmp_path)

    assert stems(tmp_path) == {frozenset({f"photo{place}.jpg"}) for place in range(5)}


def test_a_smaller_a_turned_and_a_mirrored_copy_are_of_one_source(tmp_path: Path) -> None:
    photo = small("rocket")
    write_photo(tmp_path / "large.jpg", photo)
    write_photo(tmp_path / "small.jpg", small("rocket", 200))
    write_photo(tmp_path / "turned.jpg", photo[::-1, ::-1])
    write_photo(tmp_path / "mirrored.jpg", photo[:, ::-1])
    write_photo(tmp_path / "other.jpg", small("galaxies"))

    one = frozenset({"large.jpg", "small.jpg", "turned.jpg", "mirrored.jpg"})
    assert stems(tmp_path) == {one, frozenset({"other.jpg"})}


def test_one_name_in_folders_named_for_sizes_is_one_source(tmp_path: Path) -> None:
    cropped = small("motorcycle")[40:200, 60:260]
    write_photo(tmp_path / "original" / "p1.jpg", small("motorcycle"))
    write_photo(tmp_path / "450x550" / "p1.jpg", cropped)
    write_photo(tmp_path / "cats" / "p1.jpg", small("rocket"))
    write_photo(tmp_path / "dogs" / "p1.jpg", small("galaxies"))

    assert stems(tmp_path) == {
        frozenset({"original/p1.jpg", "450x550/p1.jpg"}),
        frozenset({"cats/p1.jpg"}),
        frozenset({"dogs/p1.jpg"}),
    }


def test_the_largest_stands_for_a_source(tmp_path: Path) -> None:
    photographs = [
        write_photo(tmp_path / f"{side}.jpg", small("rocket", side)) for side in (200, 320, 260)
    ]

    (source,) = group_by_source(photographs)

    assert source.best.path.name == "320.jpg"


def test_the_id_of_a_source_does_not_depend_on_the_order_of_its_files(tmp_path: Path) -> None:
    photographs = write_folder(tmp_path)

    forwards, backwards = group_by_source(photographs), group_by_source(photographs[::-1])

    assert [source.id for source in forwards] == [source.id for source in backwards]


def test_a_source_has_the_most_binding_part_of_its_files(tmp_path: Path) -> None:
    photographs = [
        write_photo(tmp_path / f"{side}.jpg", small("rocket", side)) for side in (200, 320)
    ]
    (source,) = group_by_source(photographs)
    one, other = (photograph.digest for photograph in source.photographs)

    def part_with(*parts: Part) -> Part:
        rows = (
            Row(digest=digest, source=source.id, part=part)
            for digest, part in zip((one, other), parts, strict=False)
        )
        return part_of(source, {row.digest: row for row in rows})

    assert part_with() is Part.REPORT
    assert part_with(Part.CALIBRATION) is Part.CALIBRATION
    assert part_with(Part.REPORT, Part.LEARNED) is Part.LEARNED


def test_the_split_that_ships_gives_each_source_one_part() -> None:
    parts: dict[str, set[Part]] = {}
    for row in split().values():
        parts.setdefault(row.source, set()).add(row.part)

    assert {len(found) for found in parts.values()} == {1}
    assert {part for found in parts.values() for part in found} == set(Part)


def test_the_split_that_ships_is_in_the_form_that_is_written() -> None:
    rows = list(split().values())

    written = write_rows(rows)

    assert written.splitlines()[0] == COLUMNS
    assert {row.digest: row for row in read_rows(written)} == dict(split())
