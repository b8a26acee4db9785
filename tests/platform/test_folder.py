"""A folder of pictures is listed page by page in a fixed order, and nothing outside it is read."""

import os
from pathlib import Path

import pytest

from staydown.casework.existing import MAX_LISTED, Listed
from staydown.errors import NotFetched
from staydown.platform.folder import FolderOfPictures


def pictures(folder: Path, max_bytes: int = 1_000) -> FolderOfPictures:
    return FolderOfPictures(folder=folder, max_bytes=max_bytes)


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def named(name: str) -> Listed:
    return Listed(content_ref=name, place=name)


def everything(folder: FolderOfPictures) -> list[list[str]]:
    """The names on each page."""
    pages = [folder.page("")]
    while pages[-1].next:
        pages.append(folder.page(pages[-1].next))
    return [[one.content_ref for one in page.listed] for page in pages]


def test_every_file_is_on_one_page_by_its_path(tmp_path: Path) -> None:
    names = sorted(f"{number % 7}/{number:03}.jpg" for number in range(MAX_LISTED * 2 + 5))
    put(tmp_path, *names)

    pages = everything(pictures(tmp_path))

    assert [name for page in pages for name in page] == names
    assert [len(page) for page in pages] == [MAX_LISTED, MAX_LISTED, 5]


def test_a_full_last_page_is_the_last(tmp_path: Path) -> None:
    put(tmp_path, *(f"{number:03}" for number in range(MAX_LISTED)))

    assert len(everything(pictures(tmp_path))) == 1


def test_an_empty_folder_has_one_empty_page(tmp_path: Path) -> None:
    assert everything(pictures(tmp_path)) == [[]]


def test_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFetched, match="is not there"):
        pictures(tmp_path / "gone").page("")


def test_what_was_removed_meanwhile_neither_hides_nor_repeats_others(tmp_path: Path) -> None:
    put(tmp_path, *(f"{number:03}" for number in range(MAX_LISTED + 2)))
    folder = pictures(tmp_path)
    first = folder.page("")
    (tmp_path / first.next).unlink()

    assert [one.content_ref for one in folder.page(first.next).listed] == ["020", "021"]


def test_hidden_files_and_names_that_cannot_be_printed_are_none(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", ".trash/b.jpg", ".c.jpg", "d\n.jpg")
    (tmp_path / os.fsdecode(b"\xff.jpg")).write_bytes(b"x")

    assert everything(pictures(tmp_path)) == [["a.jpg"]]


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    put(tmp_path, "a/b.jpg")

    assert pictures(tmp_path).read(named("a/b.jpg")) == b"a/b.jpg"


def outside(tmp_path: Path) -> Path:
    """A folder beside which a secret lies, and the ways to it."""
    put(tmp_path, "secret", "inside/a.jpg", "beside/secret")
    inside = tmp_path / "inside"
    (inside / "link.jpg").symlink_to(tmp_path / "secret")
    (inside / "folder").symlink_to(tmp_path / "beside")
    os.mkfifo(inside / "pipe")
    return inside


@pytest.mark.parametrize(
    "name",
    ["link.jpg", "folder/secret", "../secret", "/etc/hostname", "pipe", "gone", "", "a.jpg/x"],
)
def test_nothing_else_is_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(NotFetched):
        pictures(outside(tmp_path)).read(named(name))


def test_links_to_folders_are_not_listed(tmp_path: Path) -> None:
    listed = everything(pictures(outside(tmp_path)))

    assert "folder/secret" not in listed[0]


def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(11))

    with pytest.raises(NotFetched, match="more than the 10 bytes"):
        pictures(tmp_path, max_bytes=10).read(named("large"))
