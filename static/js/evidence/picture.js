const SIDE = 2560; // pixels
const LIGHT = 1.5 * 1024 * 1024; // bytes that are sent as they are
const QUALITY = 0.85;
const ENDINGS = { "image/webp": ".webp", "image/jpeg": ".jpg", "image/png": ".png" };

// The picture upright, or null where this browser cannot read it (HEIC in most) and for what is no picture.
async function read(file) {
  if (file.type && !file.type.startsWith("image/")) return null;
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

function drawn(picture, side, areas = []) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  for (const [x, y, width, height] of areas) {
    const [left, top] = [Math.floor(x * canvas.width), Math.floor(y * canvas.height)];
    pen.fillRect(left, top, Math.ceil((x + width) * canvas.width) - left, Math.ceil((y + height) * canvas.height) - top);
  }
  return canvas;
}

function encoded(canvas, type) {
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob?.type === type ? blob : null), type, QUALITY));
}

async function smallest(canvas, source) {
  if (source === "image/png") { // the letters of a screenshot stay as sharp as they are
    const sharp = await encoded(canvas, "image/png");
    if (sharp?.size <= LIGHT) return sharp;
  }
  return await encoded(canvas, "image/webp") || encoded(onWhite(canvas), "image/jpeg");
}

function onWhite(canvas) {
  const pen = canvas.getContext("2d");
  pen.globalCompositeOperation = "destination-over";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

// What is sent of a file: { blob, name, prepared }. Areas [x, y, width, height] in parts of the picture are black in its pixels;
// with `whole` it is made no smaller, and one of more than `most` pixels is none: { code }. Null when areas are to be covered and cannot be.
export async function parcel(file, areas, whole, most) {
  const asItWas = { blob: file, name: file.name, prepared: "as_it_was" };
  const picture = await read(file);
  if (!picture) return areas.length ? null : asItWas;
  try {
    if (whole && picture.width * picture.height > most) return { code: "too_many_pixels" };
    const small = Math.max(picture.width, picture.height) <= SIDE && file.size <= LIGHT;
    if (!areas.length && (whole || small)) return asItWas;
    const blob = (whole && await smallest(drawn(picture, Infinity, areas), file.type)) || await smallest(drawn(picture, SIDE, areas), file.type);
    if (!areas.length && !(blob?.size < file.size)) return asItWas;
    if (!blob) return null;
    return { blob, name: file.name.replace(/\.\w{1,5}$/, "") + ENDINGS[blob.type], prepared: areas.length ? "covered" : "shrunk" };
  } finally {
    picture.close();
  }
}

// A canvas of the picture whose longer side has at most `side` pixels, with its areas covered; null where it cannot be read.
export async function sketch(file, side, areas = []) {
  const picture = await read(file);
  if (!picture) return null;
  try {
    return drawn(picture, side, areas);
  } finally {
    picture.close();
  }
}
