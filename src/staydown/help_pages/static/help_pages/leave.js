// Leaving at once: by the button, or by Shift three times. After the pattern "Exit this page" of
// the GOV.UK Design System. Without this script the button is a plain link.
//
// The page goes blank first; then another one takes its place in this tab's history. So that there
// is one place only, a link from one of our pages to another replaces the page too. With a form no
// script can choose that: the page it was on is marked instead, in its entry of the history, and
// who comes back to it from another website is led away again.
"use strict";
(() => {
  const PRESSES = 3, WITHIN_MS = 5000;
  const exit = document.currentScript.dataset.exit;
  let pressed = 0, timer = 0;

  function leave() {
    document.documentElement.classList.add("left");
    document.title = "…";
    document.cookie = "csrftoken=; path=/; max-age=0; samesite=strict";
    location.replace(exit);
  }

  function say(what) {
    const told = document.querySelector("#leaving");
    if (told) told.textContent = told.dataset[what] ?? "";
  }

  function forget(what) {
    clearTimeout(timer);
    pressed = 0;
    say(what);
  }

  function count(event) {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      if (pressed) forget("none");
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(forget, WITHIN_MS, "late");
    pressed += 1;
    say(`more${PRESSES - pressed}`);
    if (pressed === PRESSES) leave();
  }

  function follow(event) {
    const link = event.target.closest?.("a[href]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || event.defaultPrevented) return;
    if (link.matches(".exit")) {
      event.preventDefault();
      leave();
    } else if (link.origin !== location.origin) {
      history.replaceState(null, "");
    } else if (isPlain) {
      event.preventDefault();
      location.replace(link.href);
    }
  }

  function mark(event) {
    if (!("stays" in event.target.dataset)) history.replaceState({ sent: true }, "");
  }

  function lookBack() {
    const came = window.navigation?.activation;
    const isSent = history.state?.sent === true;
    history.replaceState(null, "");
    if (isSent && came?.navigationType === "traverse" && !came.from) leave();
  }

  function explain() {
    for (const each of document.querySelectorAll("[data-script]")) {
      each.hidden = each.dataset.script === "off";
    }
  }

  lookBack();
  addEventListener("pageshow", (event) => event.persisted && lookBack());
  document.addEventListener("keydown", count);
  document.addEventListener("click", follow);
  document.addEventListener("submit", mark);
  document.addEventListener("DOMContentLoaded", explain);
})();
