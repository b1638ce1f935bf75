// A link to each heading, each table or chart and each row, to copy; and the citation likewise.

const LINKED = "main :is(h2, h3)[id]:not(.unseen), main .block[id] .block__title, main tr[id] > th";
const { copied = "", copy: copyWord = "", link: linkWord = "" } = document.body.dataset;

/**
 * Copies a text, and says so for a moment where it was asked for.
 * @param {string} text
 * @param {HTMLElement} control
 */
const copy = async (text, control) => {
  const label = control.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return;
  }
  control.textContent = copied;
  setTimeout(() => {
    control.textContent = label;
  }, 1500);
};

for (const heading of document.querySelectorAll(LINKED)) {
  if (heading.closest("a")) continue;
  const link = document.createElement("a");
  link.className = "anchor";
  link.href = `#${heading.closest("tr, .block")?.id || heading.id}`;
  link.setAttribute("aria-label", `${linkWord}: ${heading.textContent?.trim()}`);
  link.addEventListener("click", () => copy(link.href, link));
  heading.append(link);
}

const citation = document.getElementById("citation");
if (citation) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = copyWord;
  button.addEventListener("click", () => copy(citation.textContent ?? "", button));
  citation.after(button);
}
