// A worker that computes the PDQ of a picture, as engine/pdq.py does. It asks nobody, and keeps nothing.
"use strict";

const SIDE = 64;
const TERMS = 16;
const BITS = TERMS * TERMS;
const STRIP = 128; // rows that lie in memory at once
const MIN_PIXELS = 5;
const MIN_QUALITY = 50;
const MOST_PIXELS = 40e6; // more is drawn smaller first

self.onmessage = async ({ data: { number, file } }) => {
  try {
    self.postMessage({ number, hash: await hashFile(file) });
  } catch (error) {
    self.postMessage({ number, problem: error instanceof Unfit ? error.message : "unopened" });
  }
};

class Unfit extends Error {}

async function hashFile(file) {
  let picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const pixels = picture.width * picture.height;
  if (Math.min(picture.width, picture.height) < MIN_PIXELS) throw new Unfit("small");
  if (pixels > MOST_PIXELS) {
    const factor = Math.sqrt(MOST_PIXELS / pixels);
    const size = { resizeWidth: Math.floor(picture.width * factor), resizeHeight: Math.floor(picture.height * factor) };
    picture = await createImageBitmap(picture, { ...size, resizeQuality: "medium" });
  }
  const small = shrink(picture);
  if (qualityOf(small) < MIN_QUALITY) throw new Unfit("plain");
  return pack(transform(small));
}

// 64 by 64 of luma (ITU-R BT.601), box-filtered twice in each direction.
function shrink(picture) {
  const { width, height } = picture;
  const across = filterRows(width);
  const down = filterRows(height);
  const small = Array.from({ length: SIDE }, () => new Float64Array(SIDE));
  const canvas = new OffscreenCanvas(width, Math.min(STRIP, height));
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  for (let top = 0; top < height; top += STRIP) {
    const rows = Math.min(STRIP, height - top);
    paper.fillStyle = "white"; // below what is transparent
    paper.fillRect(0, 0, width, rows);
    paper.drawImage(picture, 0, top, width, rows, 0, 0, width, rows);
    addRows(small, paper.getImageData(0, 0, width, rows).data, { top, rows, width, across, down });
  }
  return small;
}

function addRows(small, data, { top, rows, width, across, down }) {
  const luma = new Float64Array(width);
  for (let row = 0; row < rows; row += 1) {
    for (let x = 0, at = row * width * 4; x < width; x += 1, at += 4) {
      luma[x] = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
    }
    const summed = across.map(({ first, weights }) => weights.reduce((sum, weight, k) => sum + weight * luma[first + k], 0));
    down.forEach(({ first, weights }, place) => {
      const weight = weights[top + row - first];
      if (weight) for (let x = 0; x < SIDE; x += 1) small[place][x] += weight * summed[x];
    });
  }
}

// For each of 64 samples, where its weights begin and what they are: two passes of the box filter.
function filterRows(length) {
  const window = Math.floor((length + 2 * SIDE - 1) / (2 * SIDE));
  const right = Math.floor((window + 2) / 2) - 1;
  const start = (place) => Math.max(place - (window - 1 - right), 0);
  const end = (place) => Math.min(place + right, length - 1) + 1;
  return Array.from({ length: SIDE }, (_, sample) => {
    const middle = Math.floor(((sample + 0.5) * length) / SIDE);
    const first = start(start(middle));
    const weights = new Float64Array(end(end(middle) - 1) - first);
    for (let near = start(middle); near < end(middle); near += 1) {
      const share = 1 / ((end(middle) - start(middle)) * (end(near) - start(near)));
      for (let place = start(near); place < end(near); place += 1) weights[place - first] += share;
    }
    return { first, weights };
  });
}

function qualityOf(small) {
  const step = (one, other) => Math.abs(Math.trunc(((one - other) * 100) / 255));
  let sum = 0;
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      if (y + 1 < SIDE) sum += step(small[y][x], small[y + 1][x]);
      if (x + 1 < SIDE) sum += step(small[y][x], small[y][x + 1]);
    }
  }
  return Math.min(100, Math.floor(sum / 90));
}

// Terms 1 to 16 of the orthonormal cosine transform in both directions.
function transform(small) {
  const cosines = Array.from({ length: TERMS }, (_, term) =>
    Float64Array.from({ length: SIDE }, (_none, place) => Math.sqrt(2 / SIDE) * Math.cos((Math.PI / (2 * SIDE)) * (term + 1) * (2 * place + 1))),
  );
  const half = cosines.map((row) => Float64Array.from({ length: SIDE }, (_, x) => row.reduce((sum, one, y) => sum + one * small[y][x], 0)));
  return half.map((row) => cosines.map((other) => other.reduce((sum, one, x) => sum + one * row[x], 0)));
}

// Bits above the lower median, the last first, as 64 hexadecimal characters.
function pack(spectrum) {
  const flat = spectrum.flat();
  const median = [...flat].sort((one, other) => one - other)[BITS / 2 - 1];
  const bits = flat.map((one) => (one > median ? 1 : 0)).reverse();
  let hash = "";
  for (let at = 0; at < BITS; at += 4) hash += Number.parseInt(bits.slice(at, at + 4).join(""), 2).toString(16);
  return hash;
}
