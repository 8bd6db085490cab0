// j and k walk through the items of a list: whatever bears data-item. Enter opens its first link (or that in data-open).
// y, h and n press the item's button with that data-key; so does any other single letter that an item's button bears.
export function walk(keys) {
  const items = () => [...document.querySelectorAll("[data-item]")].filter((one) => one.getClientRects().length);
  const current = () => document.activeElement?.closest("[data-item]") ?? document.querySelector("[data-item].current");

  function go(step) {
    const all = items();
    if (!all.length) return;
    const head = document.activeElement?.closest("[data-group]");
    const after = head ? all.findIndex((one) => head.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) : -1;
    const at = head ? (step > 0 ? after - 1 : after) : all.indexOf(current());
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    for (const one of document.querySelectorAll("[data-item].current")) one.classList.remove("current");
    next.classList.add("current");
    if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function turn(step) {
    const heads = [...document.querySelectorAll("[data-group]")];
    const here = document.activeElement?.closest("[data-group]") ?? current();
    const before = (one) => here && one !== here && Boolean(one.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
    const next = step > 0 ? heads.find((one) => one !== here && !before(one)) : heads.filter(before).at(-1);
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  keys.on("]", () => turn(1));
  keys.on("[", () => turn(-1));
  keys.on("j", () => go(1));
  keys.on("k", () => go(-1));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== current()) return;
    const link = event.target.querySelector("a[data-open]") ?? event.target.querySelector("a[href]");
    if (link) link.click();
  });
  const letters = new Set([...document.querySelectorAll("[data-item] [data-key], [data-decide] [data-key]")].map((one) => one.dataset.key));
  for (const letter of letters) {
    keys.on(letter, () => {
      const place = current() ?? document.querySelector("[data-decide]");
      (place?.querySelector(`[data-key="${letter}"]`) ?? document.querySelector(`[data-decide] [data-key="${letter}"]`))?.click();
    });
  }
}
