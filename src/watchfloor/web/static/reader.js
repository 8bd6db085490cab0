// Walking through the findings marks their words; selecting words offers to add something on them.
const text = document.querySelector("[data-text]");
const items = [...document.querySelectorAll(".finding[data-n]")];
const pieces = [...document.querySelectorAll("[data-f]")];

function mark(item, scroll) {
  for (const one of pieces) one.classList.toggle("now", !!item && one.dataset.f.split(" ").includes(item.dataset.n));
  const first = item && pieces.find((one) => one.classList.contains("now"));
  if (!first) return;
  const fold = first.closest("details");
  if (fold) fold.open = true;
  if (scroll) first.scrollIntoView({ block: "center", behavior: "auto" });
}
for (const item of items) {
  item.addEventListener("focusin", () => {
    for (const one of items) one.classList.toggle("current", one === item);
    mark(item, item === document.activeElement);
  });
}
// A click on marked words goes to their narrowest finding.
text?.addEventListener("click", (event) => {
  const piece = event.target.closest?.("[data-f]");
  if (!piece || !getSelection().isCollapsed) return;
  const item = items.find((one) => one.dataset.n === narrowest(piece));
  if (!item) return;
  item.tabIndex = -1;
  for (const one of items) one.classList.toggle("current", one === item);
  mark(item, false);
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
});
function narrowest(piece) {
  const length = (n) => pieces.filter((one) => one.dataset.f.split(" ").includes(n)).reduce((sum, one) => sum + one.textContent.length, 0);
  return piece.dataset.f.split(" ").sort((a, b) => length(a) - length(b))[0];
}
const current = items.find((one) => one.classList.contains("current"));
if (current) {
  mark(current, !location.hash);
  if (!document.querySelector("#fix, #add")) {
    current.tabIndex = -1;
    current.focus({ preventScroll: true });
  }
  const box = current.closest(".found");
  if (box && box.scrollHeight > box.clientHeight) box.scrollTop = current.offsetTop - box.clientHeight / 3;
}

// Selecting words: offsets count code points, as in the text.
const bar = document.querySelector(".picked");
const points = (string) => [...string].length;
function place(node, offset) {
  const piece = (node.nodeType === 3 ? node.parentElement : node).closest?.("[data-at]");
  if (!piece || !text.contains(piece)) return null;
  const at = Number(piece.dataset.at);
  if ("odd" in piece.dataset) return at;
  return at + (node.nodeType === 3 ? points(node.data.slice(0, offset)) : offset ? points(piece.textContent) : 0);
}
if (bar && text) {
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (chosen.isCollapsed || !chosen.rangeCount || !text.contains(chosen.anchorNode) || bar.contains(chosen.anchorNode)) { bar.hidden = true; return; }
    const range = chosen.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    bar.hidden = start === null || end === null || end <= start;
    if (bar.hidden) return;
    bar.dataset.start = start;
    bar.dataset.end = end;
    const box = range.getBoundingClientRect();
    bar.style.setProperty("inset-block-start", `${box.bottom - text.getBoundingClientRect().top + 6}px`);
  });
  for (const button of bar.querySelectorAll("button[data-sort]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());  // keeps the selection
    button.addEventListener("click", () => {
      const to = new URL(bar.dataset.add, location.href);
      to.searchParams.set("add", button.dataset.sort);
      to.searchParams.set("start", bar.dataset.start);
      to.searchParams.set("end", bar.dataset.end);
      to.hash = "add";
      location.assign(to);
    });
  }
}
document.querySelector("#fix input:not([type=hidden]), #fix select, #add textarea")?.focus({ preventScroll: false });
