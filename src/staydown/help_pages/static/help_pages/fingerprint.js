// Has fingerprints made of pictures that stay on this device. The field of the pictures has no name: it is never sent.
"use strict";
(() => {
  const box = document.getElementById("own-picture-box");
  const files = document.getElementById("own-picture");
  const kept = document.getElementById("fingerprints");
  const said = document.getElementById("own-picture-said");
  if (!box || !files || !kept || !said || !window.Worker || !window.OffscreenCanvas) return;
  box.removeAttribute("hidden");

  const worker = new Worker(box.dataset.worker);
  let round = 0;
  let waiting = []; // one after the other: an old phone has little memory
  let made = [];
  let problems = [];

  const ask = () => {
    if (waiting.length > 0) worker.postMessage({ number: round, file: waiting[0] });
  };

  const tell = () => {
    if (waiting.length > 0) {
      said.textContent = box.dataset.busy;
      return;
    }
    kept.value = made.join("\n");
    const done = made.length ? `${box.dataset.made} ${made.length}. ${box.dataset.stays}` : "";
    said.textContent = [done, ...problems].join(" ").trim();
  };

  worker.onmessage = ({ data: { number, hash, problem } }) => {
    if (number !== round) return; // of what was chosen before
    waiting.shift();
    if (hash) made.push(hash);
    else problems.push(`${box.dataset.none} ${box.dataset[problem]}`);
    ask();
    tell();
  };

  files.addEventListener("change", () => {
    round += 1;
    made = [];
    problems = [];
    kept.value = "";
    waiting = [...files.files];
    ask();
    tell();
  });
})();
