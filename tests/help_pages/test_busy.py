"""When no picture can be opened it is said, nothing is kept, and the same goes a little later."""

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from staydown.assembly.house import House
from staydown.casework.people import Scope
from tests.installation import new_key
from tests.photographs import original
from tests.stories import FILLED_IN


@pytest.fixture
def closed(house: House, tmp_path: Path) -> Iterator[House]:
    """The house, with a darkroom that shows everybody out."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(tmp_path / "darkroom"))
        listener.listen()
        Thread(target=show_out, args=(listener,), daemon=True).start()
        settings = replace(house.settings, darkroom=tmp_path / "darkroom")
        with override_settings(STAYDOWN=settings):
            yield house
        listener.shutdown(socket.SHUT_RDWR)


def show_out(listener: socket.socket) -> None:
    while True:
        try:
            listener.accept()[0].close()
        except OSError:
            return


def test_a_notice_is_asked_for_again_a_little_later(closed: House, visitor: Client) -> None:
    page = visitor.get("/").content.decode()
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    photo = SimpleUploadedFile("cat.jpg", original())

    form = {**FILLED_IN, "csrfmiddlewaretoken": token, "originals": photo}
    response = visitor.post("/", form)

    assert response.status_code == 503
    assert "Please wait a minute, go back, and send it again." in response.content.decode()
    assert closed.journal.verify().length == 0


def test_a_platform_is_told_to_ask_again(closed: House, visitor: Client) -> None:
    headers = new_key(closed, Scope.SCREEN)

    response = visitor.post(
        "/v1/screen?content_ref=a", original(), content_type="image/jpeg", headers=headers
    )

    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
