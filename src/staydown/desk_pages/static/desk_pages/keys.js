// Keys for who decides by the hundred. A key presses what carries it in `data-key`, the first of the
// page alone where several do; “y” answers yes to all questions of the first copy. Nothing happens
// while somebody types, with Ctrl, Alt or Meta held, or while the box for keys is not ticked
// (WCAG 2.2, 2.1.4). Without this script everything is done by Tab, Space and Enter.
// Whoever dims the pictures finds them dimmed on every page, until they undo it.
"use strict";
(() => {
  const DIMMED = "desk-dim";
  const dim = document.getElementById("dim");
  document.documentElement.classList.toggle("dimmed", localStorage.getItem(DIMMED) === "on");
  if (dim) {
    dim.checked = localStorage.getItem(DIMMED) === "on";
    dim.addEventListener("change", () => {
      localStorage.setItem(DIMMED, dim.checked ? "on" : "off");
      document.documentElement.classList.toggle("dimmed", dim.checked);
    });
  }

  const KEPT = "desk-keys";
  const help = document.getElementById("keys");
  const box = document.getElementById("keys-on");
  if (!help || !box) return;
  help.hidden = false;
  box.checked = localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));

  const isTyping = (target) => Boolean(target.closest?.("textarea, select, input:not([type=radio], [type=checkbox])"));
  const isShown = (element) => element.getClientRects().length > 0;

  function fill(button) {
    const words = button.closest("form").elements.reason;
    words.value = button.dataset.fill;
    button.closest("form").querySelectorAll("[data-fill]").forEach((each) => {
      each.setAttribute("aria-pressed", String(each === button));
    });
  }

  function press(key) {
    const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(isShown);
    const form = found[0]?.closest("form");
    for (const each of found) {
      if (each.closest("form") !== form) break;
      each.click();
      if (each.type !== "radio") break;
    }
    return found.length > 0;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-fill]");
    if (button) fill(button);
  });
  document.addEventListener("keydown", (event) => {
    const isHeld = event.ctrlKey || event.altKey || event.metaKey || event.repeat;
    if (!box.checked || isHeld || isTyping(event.target)) return;
    if (press(event.key)) event.preventDefault();
  });
  for (const each of document.querySelectorAll(".phrases")) each.hidden = false;
})();
