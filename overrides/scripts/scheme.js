// Light or dark, as the visitor says. The choice is remembered, and forgotten where it is the device's.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

document.getElementById("scheme")?.addEventListener("click", () => {
  const device = dark.matches ? "dark" : "light";
  const chosen = (root.dataset.scheme || device) === "dark" ? "light" : "dark";
  if (chosen === device) delete root.dataset.scheme;
  else root.dataset.scheme = chosen;
  try {
    if (chosen === device) localStorage.removeItem("scheme");
    else localStorage.setItem("scheme", chosen);
  } catch {
    // Without storage the choice holds for this page.
  }
});
