// Says moments in the time zone of whoever reads the page. Without this script they are in UTC.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const zone = document.querySelector("script[data-zone]").dataset.zone;
  const format = { dateStyle: "full", timeStyle: "short" };
  const told = new Intl.DateTimeFormat(document.documentElement.lang, format);
  for (const time of document.querySelectorAll("time[data-local]")) {
    time.title = time.textContent;
    time.textContent = `${told.format(new Date(time.dateTime))}, ${zone}`;
  }
});
