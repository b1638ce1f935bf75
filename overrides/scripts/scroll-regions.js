// What scrolls sideways on this screen can be reached by keyboard, and says what it is.

const TITLE = "[id$=-title], .block__title, h2, h3, svg title";

for (const element of document.querySelectorAll(".block__drawing")) {
  const region = /** @type {HTMLElement} */ (element);
  if (region.scrollWidth <= region.clientWidth) continue;
  const title = region.closest("figure, section")?.querySelector(TITLE);
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  if (title) region.setAttribute("aria-label", title.textContent?.trim() ?? "");
}
