// The map that pans and zooms: Leaflet over the same base map, from this node alone. Without it the drawing is there.
const pan = document.getElementById("pan");
const button = document.querySelector("button[data-pan]");
const chart = document.getElementById("chart");

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

function ink(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

function popup(point) {
  const box = document.createElement("div");
  const name = box.appendChild(document.createElement("strong"));
  name.textContent = point.name;
  box.append(document.createElement("br"), `${point.word} · ${point.extent}`, document.createElement("br"));
  const link = box.appendChild(document.createElement("a"));
  link.href = point.href;
  link.textContent = "↓";
  link.setAttribute("aria-label", point.name);
  return box;
}

async function start() {
  const points = JSON.parse(pan.dataset.points);
  const [world] = await Promise.all([fetch(pan.dataset.world).then((answer) => answer.json()), load(pan.dataset.leaflet)]);
  const L = window.L;
  pan.hidden = false;
  chart.hidden = true;
  const map = L.map(pan, { attributionControl: false, worldCopyJump: false, maxBounds: [[-89, -200], [89, 380]], minZoom: 1, maxZoom: 9 });
  const wide = crossing(points.map((point) => point.at[1]));
  const places = points.map((point) => L.latLng(point.at[0], wide && point.at[1] < 0 ? point.at[1] + 360 : point.at[1]));
  map.fitBounds(L.latLngBounds(places).pad(.15), { maxZoom: 6, animate: false });
  L.control.attribution({ prefix: false }).addAttribution(pan.dataset.credit).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const shaded = new Set(points.map((point) => point.code).filter(Boolean));
  const look = (feature) => ({
    stroke: true, weight: .7, color: ink("--d-border"), fill: true, fillOpacity: 1, interactive: false,
    fillColor: shaded.has(feature.properties.code) ? ink("--d-span") : ink("--d-land"),
  });
  // Twice, side by side: what lies on both sides of the antimeridian can be looked at together.
  for (const turn of [0, 360]) {
    L.geoJSON(world, { style: look, coordsToLatLng: ([x, y]) => L.latLng(y, x + turn) }).addTo(map);
  }
  points.forEach((point, at) => {
    if (point.km && point.standing !== "named") L.circle(places[at], { radius: point.km * 1000, weight: 1, color: ink("--accent"), fillOpacity: .07, interactive: false }).addTo(map);
  });
  points.forEach((point, at) => {
    const icon = L.divIcon({ className: `sign ${point.standing}`, iconSize: [14, 14] });
    L.marker(places[at], { icon, title: point.name, alt: `${point.name}: ${point.word}`, riseOnHover: true }).bindPopup(popup(point)).addTo(map);
  });
  return map;
}

// Whether the points lie closer together when the west is counted beyond 180 degrees.
function crossing(longitudes) {
  const spread = (all) => Math.max(...all) - Math.min(...all);
  return spread(longitudes.map((x) => (x < 0 ? x + 360 : x))) < spread(longitudes);
}

if (pan && button && JSON.parse(pan.dataset.points).length) {
  let map = null;
  button.hidden = false;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", async () => {
    if (!map) {
      map = await start();
    } else {
      pan.hidden = !pan.hidden;
      chart.hidden = !pan.hidden;
      map.invalidateSize();
    }
    button.setAttribute("aria-pressed", String(!pan.hidden));
  });
}
