// Opens the note on a figure (its base and source) under the mouse too, and closes it when the mouse
// leaves both; a click holds it.

const OPEN_AFTER = 150;
const CLOSE_AFTER = 250;

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} note
 */
const openUnderMouse = (button, note) => {
  const isOpen = () => note.matches(":popover-open");
  let hovered = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /**
   * @param {number} milliseconds
   * @param {() => void} action
   */
  const after = (milliseconds, action) => {
    clearTimeout(waiting);
    waiting = setTimeout(action, milliseconds);
  };
  /** @param {PointerEvent} event */
  const enter = (event) => {
    if (event.pointerType !== "mouse") return;
    after(OPEN_AFTER, () => {
      if (isOpen()) return;
      button.click();
      hovered = true;
    });
  };
  const leave = () =>
    after(CLOSE_AFTER, () => {
      if (hovered && isOpen()) note.hidePopover();
      hovered = false;
    });

  for (const element of [button, note]) {
    element.addEventListener("pointerenter", enter);
    element.addEventListener("pointerleave", leave);
  }
  button.addEventListener("click", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(waiting);
    if (hovered && isOpen()) event.preventDefault();
    hovered = false;
  });
};

for (const button of document.querySelectorAll(".said [popovertarget]")) {
  const note = document.getElementById(button.getAttribute("popovertarget") ?? "");
  if (note) openUnderMouse(/** @type {HTMLButtonElement} */ (button), note);
}
