"""Which door answers where. Doors are named, not imported, so that none of them knows another."""

from django.urls import include, path

urlpatterns = [
    path("v1/", include("staydown.api.urls")),
    path("desk/", include("staydown.desk_pages.urls")),
    path("", include("staydown.help_pages.urls")),
]

handler400 = "staydown.help_pages.refusals.unreadable"
handler404 = "staydown.help_pages.refusals.missing"
handler500 = "staydown.help_pages.refusals.broken"
