// What every page does with the keyboard. Everything here can be done without it: see /help.
import { keys } from "./keys.js";
import { walk } from "./walk.js";

const field = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
const help = document.getElementById("keys");

function toggle() {
  if (!help) return;
  if (help.open) help.close();
  else help.showModal();
}

keys.on("?", toggle);
keys.on("/", () => document.getElementById("q")?.focus());
for (const link of document.querySelectorAll("a[data-go]")) {
  keys.on(`g ${link.dataset.go}`, () => link.click());
}
for (const link of document.querySelectorAll("a[data-help]")) {
  link.addEventListener("click", (event) => {
    if (!help) return;
    event.preventDefault();
    toggle();
  });
}
walk(keys);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && field(event.target)) event.target.blur();
});
for (const box of document.querySelectorAll("[data-keys-off]")) {
  box.checked = keys.off;
  box.addEventListener("change", () => { keys.off = box.checked; });
}
// An open menu closes when one clicks beside it or presses Escape.
for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); }
  });
}
// The day of the chooser is taken at once; without this module its button does it.
document.getElementById("as_of")?.addEventListener("change", (event) => {
  if (event.target.validity.valid) event.target.form.requestSubmit();
});
// Copy the address of the page.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy || location.href);
    button.setAttribute("data-done", "");
  });
}
