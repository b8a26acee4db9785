"""The addresses of these pages."""

from django.urls import path

from staydown.poster_pages import reasons

app_name = "posts"

urlpatterns = [
    path("<str:command>/<str:link>", reasons.reasons, name="reasons"),
    path("<str:command>/<str:link>/text", reasons.as_plain_text, name="text"),
    path("<str:command>/<str:link>/pdf", reasons.as_pdf, name="pdf"),
    path("<str:command>/<str:link>/appeal", reasons.appeal, name="appeal"),
]
