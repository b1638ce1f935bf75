// Saves a chart as a file: as SVG as it is on light paper, with its letters in it and its text still
// text; or as PNG, twice as large.

const { picture: pictureWord = "", save: saveWord = "" } = document.body.dataset;

/**
 * The rule of a font, with the font in it.
 * @param {CSSFontFaceRule} rule
 */
const embedded = async (rule) => {
  const [, address = ""] = rule.style.getPropertyValue("src").match(/url\("?([^")]+)/) ?? [];
  const response = await fetch(new URL(address, rule.parentStyleSheet?.href ?? location.href));
  const font = await response.blob();
  const reader = new FileReader();
  await new Promise((done) => {
    reader.onload = done;
    reader.readAsDataURL(font);
  });
  return rule.cssText.replace(/url\([^)]*\)/, () => `url(${reader.result})`);
};

const embeddedFonts = async () => {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const faces = rules.filter((rule) => rule instanceof CSSFontFaceRule);
  return (await Promise.all(faces.map(embedded))).join("\n");
};

/** @param {SVGSVGElement} chart */
const toSvg = async (chart) => {
  const { width, height } = chart.viewBox.baseVal;
  const copy = /** @type {SVGSVGElement} */ (chart.cloneNode(true));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  for (const link of copy.querySelectorAll("a")) {
    link.setAttribute("href", new URL(link.getAttribute("href") ?? "", location.href).href);
  }
  copy.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = await embeddedFonts();
  copy.prepend(style);
  const text = new XMLSerializer()
    .serializeToString(copy)
    .replace(/var\(--c-[0-9a-f]{6}, (#[0-9a-f]{6})\)/g, "$1");
  return new Blob([text], { type: "image/svg+xml" });
};

/** @param {SVGSVGElement} chart */
const toPng = async (chart) => {
  const image = new Image();
  image.src = URL.createObjectURL(await toSvg(chart));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  /** @type {Blob | null} */
  const file = await new Promise((done) => canvas.toBlob(done));
  return /** @type {Blob} */ (file);
};

/**
 * @param {Blob} file
 * @param {string} name
 */
const download = (file, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

for (const element of document.querySelectorAll("main svg.chart")) {
  const chart = /** @type {SVGSVGElement} */ (element);
  const name = chart.querySelector("title")?.textContent?.trim() ?? "";
  const line = document.createElement("p");
  line.className = "picture";
  line.append(`${pictureWord}:`);
  for (const { kind, make } of [
    { kind: "SVG", make: toSvg },
    { kind: "PNG", make: toPng },
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    const unseen = document.createElement("span");
    unseen.className = "unseen";
    unseen.textContent = ` ${saveWord}: ${name}`;
    button.append(kind, unseen);
    button.addEventListener("click", async () =>
      download(await make(chart), `${name}.${kind.toLowerCase()}`),
    );
    line.append(button);
  }
  chart.after(line);
}
