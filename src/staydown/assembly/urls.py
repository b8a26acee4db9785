"""Which door answers where. Doors are named, not imported, so that none of them knows another."""

from django.urls import include, path

urlpatterns = [
    path("v1/", include("staydown.api.urls")),
    path("posts/", include("staydown.poster_pages.urls")),
    path("desk/", include("staydown.desk_pages.urls")),
    path("", include("staydown.help_pages.urls")),
]

handler400 = "staydown.assembly.refusing.unreadable"
handler404 = "staydown.assembly.refusing.missing"
handler500 = "staydown.assembly.refusing.broken"
