"""The addresses of these pages. None of them says in a browser's history what the page is about."""

from django.urls import path

from staydown.help_pages import looks, notice, receipts, status, where

app_name = "help"

urlpatterns = [
    path("", notice.notice, name="notice"),
    path("help/more", notice.young, name="young"),
    path("help/colours.css", looks.colours, name="colours"),
    path("help/where", where.where, name="where"),
    path("help/where/<str:code>", where.country, name="country"),
    path("help/check", status.check, name="check"),
    path("help/keep", receipts.keep, name="keep"),
    path("help/add", status.complete, name="complete"),
    path("help/letter", status.letter, name="letter"),
    path("help/again", status.appeal, name="appeal"),
    path("help/take-back", status.take_back, name="take_back"),
]
