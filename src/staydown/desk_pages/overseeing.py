"""A lead's page: clocks that run, answers that were late, what came of what was found, appeals."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from staydown.assembly.house import current_house
from staydown.casework.access import Permission
from staydown.casework.appeals import AppealState
from staydown.casework.overseeing import BOUNDS, LOOKED_BACK, Overview
from staydown.casework.people import Person
from staydown.desk_pages.charts import Bar, draw_bars
from staydown.desk_pages.pages import for_those_who_may, show
from staydown.desk_pages.sentences import MEANING, due

SHOWN = 50
"""How many running clocks, and how many late answers, are listed: the most urgent, the latest."""


@require_safe
@for_those_who_may(Permission.OVERSEE)
def oversee(request: HttpRequest, person: Person) -> HttpResponse:
    """The overview in words and charts. That this person looked goes into the audit chain."""
    seen = current_house().overseeing.look(person)
    decided = seen.appeals.get(AppealState.REVERSED, 0) + seen.appeals.get(AppealState.UPHELD, 0)
    return show(
        request,
        "oversee",
        reviewer=person,
        seen=seen,
        days=LOOKED_BACK.days,
        running=[(one.case, due(one.first, seen.at)) for one in seen.running[:SHOWN]],
        late=seen.late[: -SHOWN - 1 : -1],
        taken=chart_of_times(seen),
        found=chart_of_verdicts(seen),
        reversed=seen.appeals.get(AppealState.REVERSED, 0),
        decided=decided,
        open=seen.appeals.get(AppealState.OPEN, 0),
    )


def chart_of_times(seen: Overview) -> tuple[Bar, ...]:
    """Answers by how much of their time they took; those too late stand out."""
    begins = (0, *BOUNDS)
    labels = [f"{low}–{high} %" for low, high in zip(begins, BOUNDS, strict=False)]
    kinds = ["kept"] * len(BOUNDS) + ["late"]
    counted = zip((*labels, "too late"), kinds, seen.taken, strict=True)
    return draw_bars([(label, ((kind, count),)) for label, kind, count in counted])


def chart_of_verdicts(seen: Overview) -> tuple[Bar, ...]:
    """What was found, by what the program said of it, and what people decided."""
    return draw_bars(
        [
            (
                MEANING[one.verdict],
                (
                    ("removed", one.removed),
                    ("released", one.released),
                    ("undecided", one.undecided),
                ),
            )
            for one in seen.found
        ]
    )
