// Before the first paint: the scheme that the visitor chose here, and that there is script at all.
// A classic script, not a module: a module would wait until the page is read.
document.documentElement.classList.add("scripted");
try {
  const chosen = localStorage.getItem("scheme");
  if (chosen) document.documentElement.dataset.scheme = chosen;
} catch {
  // A visitor who forbids storage gets the scheme of their device.
}
