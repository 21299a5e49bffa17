// The page of `potential report`: its data, downloads and tables; page.js goes on.
// What comes from files is only ever put in as text (textContent, or through
// plain() where plotly.js would read tags).
const $ = id => document.getElementById(id);
const data = JSON.parse($("data").textContent);

// Okabe and Ito (2008): told apart by colour-blind people.
const palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];
const around_zero = [[0, "#2166ac"], [0.25, "#92c5de"], [0.5, "#f7f7f7"], [0.75, "#f4a582"], [1, "#b2182b"]];
const font = {family: "system-ui, 'DejaVu Sans', sans-serif", size: 12, color: "#1b1f24"};
const config = {displayModeBar: false, responsive: true, showTips: false};
const narrow = () => window.innerWidth < 700;

const plain = text => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
// A long name keeps its beginning and its end.
const brief = (text, most) => plain(text.length > most ? `${text.slice(0, most / 2 - 1)}…${text.slice(-most / 2)}` : text);
const legend_name = text => brief(text, narrow() ? 24 : 40);
const digits = (value, count) => value === null || !Number.isFinite(value) ? "" : value.toFixed(count);

function bytes_of(base64) {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes;
}

// ---- the table -------------------------------------------------------------
const table = data.potential;
const T = table.types.length, B = table.bins.length, P = T * (T + 1) / 2;
const unpack = (part, Kind) => part && {scale: part.scale || 1, cells: new Kind(bytes_of(part.data).buffer)};
const scores = unpack(table.score, Int16Array);
const errors = unpack(table.error, Int16Array);
const counts = unpack(table.count, Float32Array);

const pair_row = (i, j) => { if (i > j) [i, j] = [j, i]; return i * T - i * (i - 1) / 2 + (j - i); };
const pair_name = ([i, j]) => `${table.types[Math.min(i, j)]}-${table.types[Math.max(i, j)]}`;
function cell(k, i, j, bin) {
  const at = (k * P + pair_row(i, j)) * B + bin;
  const value = part => part.cells[at] === -32768 ? null : part.cells[at] * part.scale;
  const count = counts ? (Number.isNaN(counts.cells[at]) ? null : counts.cells[at]) : null;
  const score = value(scores);
  return {score, error: value(errors), count, seen: score !== null && count !== 0};
}

const state = {k: 0, bin: 0, pairs: [], type: null, models: [], sorted: {}};

// ---- downloads -------------------------------------------------------------
function save(name, url) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
function save_table(name, columns, rows) {
  const clean = value => value === null || value === undefined ? "" : String(value).replace(/[\t\r\n]/g, " ");
  const lines = [columns, ...rows].map(row => row.map(clean).join("\t"));
  const url = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], {type: "text/tab-separated-values"}));
  save(name + ".tsv", url);
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
async function save_picture(id) {
  const chart = $(id);
  save(id + ".svg", await Plotly.toImage(chart, {format: "svg", width: chart.clientWidth, height: chart.clientHeight}));
}

// ---- tables that sort ------------------------------------------------------
// columns: {name, digits} (digits: numbers); rows: {cells, title, note, colour, chosen, choose}
function show_table(id, columns, rows) {
  const sorted = state.sorted[id];
  if (sorted) {
    const {column, down} = sorted;
    rows = [...rows].sort((a, b) => {
      const x = a.cells[column], y = b.cells[column];
      if (x === null || y === null) return (x === null) - (y === null);  // nothing known: last
      const order = typeof x === "number" ? x - y : String(x).localeCompare(String(y), "en", {numeric: true});
      return down ? -order : order;
    });
  }
  const head = document.createElement("tr");
  columns.forEach((column, c) => {
    const cell = document.createElement("th"), button = document.createElement("button");
    button.textContent = column.name;
    if (column.digits !== undefined) cell.className = "number";
    cell.setAttribute("aria-sort", sorted && sorted.column === c ? (sorted.down ? "descending" : "ascending") : "none");
    button.onclick = () => {
      state.sorted[id] = {column: c, down: Boolean(sorted && sorted.column === c && !sorted.down)};
      show_table(id, columns, rows);
      $(id).querySelectorAll("th button")[c].focus();
    };
    cell.append(button);
    head.append(cell);
  });
  const body = document.createElement("tbody");
  for (const row of rows) body.append(table_row(columns, row));
  const made = document.createElement("table"), top = document.createElement("thead");
  top.append(head);
  made.append(top, body);
  const place = $(id), scrolled = place.scrollTop;
  place.replaceChildren(made);
  place.scrollTop = scrolled;
}
function table_row(columns, row) {
  const line = document.createElement("tr");
  row.cells.forEach((value, c) => {
    const cell = document.createElement("td"), count = columns[c].digits;
    if (count !== undefined) cell.className = "number";
    if (c === 0 && row.colour) {
      const swatch = document.createElement("span");
      swatch.className = "swatch";
      swatch.style.background = row.colour;
      cell.append(swatch);
    }
    cell.append(count === undefined ? value : digits(value, count));
    if (c === 0 && row.title) cell.title = row.title;
    if (c === 0 && row.note) {
      const note = document.createElement("small");
      note.textContent = row.note;
      cell.append(note);
    }
    line.append(cell);
  });
  if (row.choose) {
    line.className = row.chosen ? "choice chosen" : "choice";
    line.tabIndex = 0;
    line.onclick = row.choose;
    line.onkeydown = event => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); row.choose(); } };
  }
  return line;
}
