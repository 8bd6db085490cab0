// Arrow keys move between the marks of a drawing: left and right to the nearest column, up and down within one.
const place = (mark) => [Number(mark.dataset.column), Number(mark.dataset.row)];
const middle = (mark) => { const box = mark.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };

function nearest(marks, from, key) {
  const grid = marks.some((mark) => mark.dataset.row !== "0");
  const [column, row] = grid ? place(from) : middle(from);
  const along = key === "ArrowLeft" || key === "ArrowRight" ? 0 : 1;
  const way = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  let best = null;
  let least = Infinity;
  for (const mark of marks) {
    const at = grid ? place(mark) : middle(mark);
    const ahead = (at[along] - (along ? row : column)) * way;
    const aside = Math.abs(at[1 - along] - (along ? column : row));
    if (mark === from || ahead <= 0 || (grid && along && aside)) continue;
    const far = grid ? ahead * 1000 + aside : ahead + aside * 2.5;
    if (far < least) { least = far; best = mark; }
  }
  return best;
}

for (const drawing of document.querySelectorAll("svg.drawing")) {
  drawing.addEventListener("keydown", (event) => {
    const from = event.target.closest("a.mark[data-column]");
    if (!from || event.ctrlKey || event.altKey || event.metaKey) return;
    const marks = [...drawing.querySelectorAll("a.mark[data-column]")];
    const ends = { Home: marks[0], End: marks.at(-1) };
    const to = ends[event.key] ?? (event.key.startsWith("Arrow") ? nearest(marks, from, event.key) : null);
    if (!to) return;
    event.preventDefault();
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
// A link into the list opens the words that the item rests on.
function show() {
  const item = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  for (const one of document.querySelectorAll("[data-item].current")) one.classList.remove("current");
  if (!item?.matches("[data-item]")) return;
  item.classList.add("current");
  const words = item.querySelector("details");
  if (words) words.open = true;
}
addEventListener("hashchange", show);
show();
