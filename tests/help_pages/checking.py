"""Asking how a case stands, as a browser does."""

import re
from dataclasses import dataclass

from django.test import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page without its CSRF tokens, which differ each time."""

    status: int
    text: str

    @property
    def heading(self) -> str:
        [found] = re.findall(r"<h1>(.*?)</h1>", self.text, re.DOTALL)
        return str(found).strip()


def send(client: Client, path: str, **fields: str) -> Page:
    page = client.get("/help/check").content.decode()
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    response = client.post(path, {"csrfmiddlewaretoken": token, **fields})
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return Page(status=response.status_code, text=text)


def check(client: Client, case: str, secret: str) -> Page:
    return send(client, "/help/check", case=case, secret=secret)
