"""A moment in words that need no clock: in how long it is, or how long ago it was."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
IN_DAYS: Final = 2 * DAY
"""From here on days are counted, and hours before."""


def in_words(moment: datetime, now: datetime) -> str:
    """Such as `in 5 hours`, `in 3 days` or `2 days ago`; never more time than there is."""
    is_ahead = moment >= now
    span = moment - now if is_ahead else now - moment
    if span < HOUR:
        return gettext("in less than an hour") if is_ahead else gettext("less than an hour ago")
    unit, ahead, ago = (
        (DAY, _in_days, _days_ago) if span >= IN_DAYS else (HOUR, _in_hours, _hours_ago)
    )
    count = span // unit
    return (ahead if is_ahead else ago)(count)


def _in_hours(count: int) -> str:
    return ngettext("in %(count)d hour", "in %(count)d hours", count) % {"count": count}


def _in_days(count: int) -> str:
    return ngettext("in %(count)d day", "in %(count)d days", count) % {"count": count}


def _hours_ago(count: int) -> str:
    return ngettext("%(count)d hour ago", "%(count)d hours ago", count) % {"count": count}


def _days_ago(count: int) -> str:
    return ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count}


def told_moment(moment: datetime) -> str:
    """The day as the language of the page writes days, and the time of day, with its zone."""
    return f"{date_format(moment, 'DATE_FORMAT')}, {moment:%H:%M} UTC"
