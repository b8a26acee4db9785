"""The addresses of the reviewer's desk."""

from django.urls import path

from staydown.desk_pages import (
    appeals,
    auditing,
    authenticator,
    case,
    children,
    deciding,
    handing_over,
    overseeing,
    pictures,
    queue,
    revealing,
    signing_in,
    tour,
)

app_name = "desk"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("tour", tour.tour, name="tour"),
    path("next", queue.take_next, name="next"),
    path("cases/<str:case_id>/handing-over", queue.hand_over, name="hand_over"),
    path("clocks", overseeing.oversee, name="oversee"),
    path("audit", auditing.audit, name="audit"),
    path("audit/entries", auditing.entries, name="entries"),
    path("audit/export", auditing.take_away, name="take_away"),
    path("sign-in", signing_in.sign_in, name="sign_in"),
    path("authenticator", authenticator.authenticator, name="authenticator"),
    path("sign-out", signing_in.sign_out, name="sign_out"),
    path("appeals", appeals.appeals, name="appeals"),
    path("appeals/<str:appeal>/decision", appeals.decide, name="decide_appeal"),
    path("cases/<str:case_id>/elsewhere", children.send_elsewhere, name="send_elsewhere"),
    path("hand-offs", children.hand_offs, name="hand_offs"),
    path("hand-offs/<str:hand_off>/where", children.where, name="where"),
    path("hand-offs/<str:hand_off>/handed-on", children.handed_on, name="handed_on"),
    path("cases/<str:case_id>", case.case, name="case"),
    path("cases/<str:case_id>/originals/<str:entry_id>", pictures.original, name="original"),
    path("cases/<str:case_id>/copies/<str:copy_id>/covered", pictures.covered, name="covered"),
    path("cases/<str:case_id>/copies/<str:copy_id>/look", revealing.reveal, name="reveal"),
    path("looks/<str:ticket>", revealing.revealed, name="revealed"),
    path("cases/<str:case_id>/copies/<str:copy_id>/decision", deciding.decide, name="decide"),
    path(
        "cases/<str:case_id>/entries/<str:entry_id>/confirmation", deciding.confirm, name="confirm"
    ),
    path(
        "cases/<str:case_id>/entries/<str:entry_id>/taking-back",
        deciding.take_back,
        name="take_back",
    ),
    path("cases/<str:case_id>/contact", case.contact, name="contact"),
    path("cases/<str:case_id>/look", deciding.look, name="look"),
    path("cases/<str:case_id>/restraining", deciding.restrain, name="restrain"),
    path("cases/<str:case_id>/file", handing_over.ask, name="ask_for_file"),
    path("cases/<str:case_id>/file/decision", handing_over.decide, name="decide_file"),
    path("cases/<str:case_id>/declining", deciding.decline, name="decline"),
]
