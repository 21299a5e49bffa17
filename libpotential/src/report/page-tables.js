// The page of `potential report`: its data, downloads and tables; the other files go on.
// What comes from files is only ever put in as text (textContent, append).
const $ = id => document.getElementById(id);
const data = JSON.parse($("data").textContent);

// Okabe and Ito (2008), told apart by colour-blind people; lighter ones on dark (page.css).
const palette = [0, 1, 2, 3, 4, 5, 6].map(n => `var(--line-${n})`);
const narrow = () => window.innerWidth < 700;

// A long name keeps its beginning and its end.
const brief = (text, most) => text.length > most ? `${text.slice(0, most / 2 - 1)}…${text.slice(-most / 2)}` : text;
const legend_name = text => brief(text, narrow() ? 24 : 40);
const digits = (value, count) => value === null || value === undefined || !Number.isFinite(value) ? "" : value.toFixed(count);

// ---- the numbers -----------------------------------------------------------
// All in one block, 16 bits each: high bytes, then low ones; see number_pack.hpp.
let block = null;
async function load_numbers() {
  if (!window.DecompressionStream) throw new Error("This browser is too old for this page; use one of 2023 or later.");
  const text = atob($("numbers").textContent), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  block = new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
  $("numbers").remove();
  [scores, errors, counts] = [table.score, table.error, table.count].map(part => part ? unpack(part) : null);
  has_errors = errors.some(error => error > 0);
  if (counts) counts = counts.map(Math.round);
  if (data.models) profile_scores = unpack(data.models.profiles.score);
  if (data.models && data.models.profiles.quality) profile_qualities = unpack(data.models.profiles.quality);
}
function unpack({at, size, bend, step}) {
  const meaning = new Float32Array(65536), numbers = new Float32Array(size);
  for (let bits = 0; bits < 65536; ++bits) meaning[bits] = bend * Math.sinh((bits < 32768 ? bits : bits - 65536) * step);
  meaning[32768] = NaN;  // missing
  for (let i = 0; i < size; ++i) numbers[i] = meaning[block[at + i] << 8 | block[at + size + i]];
  return numbers;
}
const table = data.potential;
const T = table.types.length, B = table.bins.length, P = T * (T + 1) / 2;
let scores = null, errors = null, counts = null, has_errors = false, profile_scores = null, profile_qualities = null;

const pair_row = (i, j) => { if (i > j) [i, j] = [j, i]; return i * T - i * (i - 1) / 2 + (j - i); };
// In the order of the scheme, as everywhere else in the program.
const pair_name = ([i, j]) => table.numbers[i] <= table.numbers[j] ? `${table.types[i]}-${table.types[j]}` : `${table.types[j]}-${table.types[i]}`;
const number_of = value => Number.isNaN(value) ? null : value;
// seen: there is a score, and a contact behind it. A sum of potentials has no counts,
// and a score and an error of 0 where it has no term. (A table may have no errors at all.)
function cell_at(at) {
  const score = number_of(scores[at]), error = number_of(errors[at]), count = counts ? number_of(counts[at]) : null;
  return {score, error, count, seen: score !== null && (counts ? count !== 0 : !has_errors || score !== 0 || error !== 0)};
}
const cell = (k, i, j, bin) => cell_at((k * B + bin) * P + pair_row(i, j));
// Without counts, a cell that hardly anybody saw shows by its error: far larger than
// what is usual around it, and not small beside its score.
const is_known = (c, typical) => c.seen && (counts !== null || c.error <= 4 * typical || Math.abs(c.score) >= 3 * c.error);
const usual_error = sorted => sorted.length ? sorted[(sorted.length - 1) >> 2] : 0;
const typical_errors = new Map();
function typical_error(k, bin) {
  const key = k * B + bin;
  if (!typical_errors.has(key)) {
    const found = errors.slice(key * P, (key + 1) * P).filter(error => error > 0).sort();
    typical_errors.set(key, usual_error(found));
  }
  return typical_errors.get(key);
}

const state = {k: 0, bin: 0, pairs: [], type: null, zoom: null, models: [], sorted: {}};

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
// As it is on the page: what its style sheet says is written into the picture.
function save_picture(id) {
  const shown = $(id).firstChild, copy = shown.cloneNode(true), originals = shown.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((node, n) => {
    const style = getComputedStyle(originals[n]);
    for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity"]) node.style[name] = style[name];
    if (node.getAttribute("class") === "ring") node.remove();
  });
  copy.style.background = getComputedStyle(document.body).backgroundColor;
  copy.setAttribute("xmlns", svg_space);
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], {type: "image/svg+xml"}));
  save(id + ".svg", url);
  setTimeout(() => URL.revokeObjectURL(url), 10000);
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
