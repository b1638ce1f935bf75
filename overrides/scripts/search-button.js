// Opens the search by its button, by / and by s. Its code is fetched when it is first asked for.

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("search"));
/** @type {Promise<() => void> | undefined} */
let attached;

const open = async () => {
  const { root = "", search = "" } = document.body.dataset;
  attached ??= import("./search-dialog.js").then((module) => module.attach(dialog, root, search));
  const show = await attached;
  if (!dialog.open) show();
};

document.getElementById("search-open")?.addEventListener("click", open);
document.getElementById("search-close")?.addEventListener("click", () => dialog.close());
addEventListener("keydown", (event) => {
  if (!["/", "s"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = /** @type {Element} */ (event.target);
  if (dialog.open || target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  open();
});
