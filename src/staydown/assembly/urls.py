"""Which door answers where. Doors are named, not imported, so that none of them knows another."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("v1/", include("staydown.api.urls")),
    path("posts/", include("staydown.poster_pages.urls")),
    path("desk/", include("staydown.desk_pages.urls")),
    *i18n_patterns(
        path("", include("staydown.help_pages.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "staydown.assembly.refusing.unreadable"
handler404 = "staydown.assembly.refusing.missing"
handler500 = "staydown.assembly.refusing.broken"
