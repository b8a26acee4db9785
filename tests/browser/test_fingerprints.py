"""Fingerprints made on the device: the server's own, and no byte of a picture leaves the page."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page
from skimage import data

from staydown.assembly.house import House
from staydown.engine.pdq import DihedralHashes, hash_pixels, read_hash
from staydown.engine.pictures import encode_jpeg, encode_png, open_picture
from staydown.errors import BadPicture
from tests.browser.conftest import Open
from tests.photographs import doctored, original

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE_MS = 60_000
BITS_APART = 2


def server_hash(data: bytes) -> DihedralHashes | None:
    found = hash_pixels(open_picture(data).pixels)
    return found if isinstance(found, DihedralHashes) else None


def on_device(page: Page, paths: list[Path]) -> list[str]:
    """What the form would send for these files."""
    page.set_input_files("#own-picture", [str(path) for path in paths])
    said = page.locator("#own-picture-said")
    said.filter(has_text="stays on this device").or_(
        said.filter(has_text="none could be made")
    ).wait_for(timeout=PATIENCE_MS)
    return page.locator("#fingerprints").input_value().split()


def apart(one: str, other: DihedralHashes) -> int:
    return read_hash(one).distance_bits(other.upright)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    kinds = {
        "original.jpg": original(),
        "doctored.jpg": doctored(),
        "coffee.png": encode_png(data.coffee()),
        "tall.jpg": encode_jpeg(data.coffee()[:, :97]),
        "odd.jpg": encode_jpeg(data.rocket()[:201, :333]),
    }
    for name, content in kinds.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in kinds]


def choose_adult(page: Page) -> None:
    page.locator("[name=was_minor]").first.check()


def test_the_device_makes_what_the_server_would(
    house: House, open_page: Open, files: list[Path]
) -> None:
    page = open_page("/")
    choose_adult(page)

    made = on_device(page, files)

    expected = [server_hash(path.read_bytes()) for path in files]
    assert len(made) == len(files)
    distances = [apart(one, other) for one, other in zip(made, expected, strict=True) if other]
    assert max(distances) <= BITS_APART


def test_no_byte_of_the_picture_leaves_the_page(
    house: House, open_page: Open, tmp_path: Path
) -> None:
    (tmp_path / "own.jpg").write_bytes(doctored())
    page = open_page("/")
    sent: list[bytes] = []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    choose_adult(page)
    [made] = on_device(page, [tmp_path / "own.jpg"])

    page.locator("form[enctype] button[type=submit]").last.click()
    page.wait_for_selector("text=Please look at this again")

    whole = b"".join(sent)
    assert made.encode() in whole
    for start in range(0, len(doctored()) - 48, 997):
        piece = doctored()[start : start + 48]
        assert piece not in whole
        assert base64.b64encode(piece) not in whole
    kept = page.locator("#fingerprints").input_value().split()
    assert kept == [made]  # not lost by a mistake elsewhere


def test_what_cannot_be_opened_is_said(house: House, open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    page = open_page("/")
    choose_adult(page)

    assert on_device(page, [tmp_path / "broken.jpg"]) == []
    assert "could not be opened here" in page.locator("#own-picture-said").inner_text()


def test_without_scripts_nothing_of_it_is_shown(house: House, open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)

    assert not page.locator("#own-picture-box").is_visible()


@pytest.mark.measure
@pytest.mark.material
def test_on_the_material(house: House, open_page: Open, material: Path) -> None:
    """Two hundred photographs at most, each as its file is."""
    paths = sorted(
        path
        for path in (material / "photos").rglob("*")
        if path.suffix in {".jpg", ".png", ".jpeg"}
    )[:200]
    page = open_page("/")
    choose_adult(page)
    counts: dict[int, int] = {}
    for path in paths:
        try:
            expected = server_hash(path.read_bytes())
        except BadPicture:
            continue
        if expected is None:
            continue
        page.locator("#own-picture-said").evaluate("it => { it.textContent = '' }")
        [made] = on_device(page, [path])
        bits = apart(made, expected)
        counts[bits] = counts.get(bits, 0) + 1
    print(f"{sum(counts.values())} pictures; bits apart: {dict(sorted(counts.items()))}")
    assert sum(counts.values()) >= 100
    assert max(counts) <= BITS_APART
