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
      said.textContent = "Your device is working on it …";
      return;
    }
    kept.value = made.join("\n");
    const done = made.length === 1 ? "One fingerprint is made." : `${made.length} fingerprints are made.`;
    said.textContent = [made.length ? `${done} The picture stays on this device.` : "", ...problems].join(" ").trim();
  };

  worker.onmessage = ({ data: { number, hash, problem } }) => {
    if (number !== round) return; // of what was chosen before
    waiting.shift();
    if (hash) made.push(hash);
    else problems.push(`Of one picture none could be made. ${problem}`);
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
