// Single keys and pairs such as "g c". They do nothing while somebody types, with a modifier held, or when switched off.
const known = new Map();
let before = "";
let timer = 0;

export const keys = {
  on(name, action) { known.set(name, action); },
  get off() { return localStorage.getItem("keys") === "off"; },
  set off(value) { if (value) localStorage.setItem("keys", "off"); else localStorage.removeItem("keys"); },
};

function typing(target) {
  if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return target.tagName === "INPUT" && !/^(button|checkbox|radio|submit|reset)$/.test(target.type);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || keys.off || typing(event.target)) return;
  const pressed = before ? `${before} ${event.key}` : event.key;
  clearTimeout(timer);
  before = "";
  const action = known.get(pressed) ?? known.get(event.key);
  if (action) {
    event.preventDefault();
    action(event);
  } else if (event.key === "g") {
    before = "g";
    timer = setTimeout(() => { before = ""; }, 1500);
  }
});
