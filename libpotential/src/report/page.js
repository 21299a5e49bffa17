// The page of `potential report`: what its controls do.

// ---- pairs of types --------------------------------------------------------
function draw_partners() {
  $("partners-part").hidden = state.type === null;
  if (state.type === null) return;
  $("partners-of").textContent = `${table.types[state.type]}, ${table.bins[state.bin]}`;
  show_table("partners", partner_columns, partner_rows());
}
const partner_columns = [{name: "type"}, {name: "score", digits: 3}, {name: "standard error", digits: 3}, ...(table.count ? [{name: "contacts", digits: 0}] : [])];
function partner_rows() {
  const rows = table.types.map((name, j) => {
    const c = cell(state.k, state.type, j, state.bin);
    return {cells: [name, c.seen ? c.score : null, c.seen ? c.error : null, ...(counts ? [c.count] : [])], choose: () => choose_pair(state.type, j)};
  });
  return rows.sort((a, b) => (a.cells[1] === null) - (b.cells[1] === null) || a.cells[1] - b.cells[1]);
}
function choose_pair(i, j) {
  const pair = [Math.min(i, j), Math.max(i, j)];
  const others = $("keep").checked ? state.pairs.filter(p => pair_name(p) !== pair_name(pair)) : [];
  state.pairs = [...others, pair].slice(-palette.length);
  draw_curve();
  draw_map();
}
function choose_type(i) {
  state.type = i;
  state.zoom = null;
  draw_map();
  draw_partners();
}
function choose_bin(bin) {
  state.bin = bin;
  $("bin").value = $("slider").value = bin;
  draw_map();
  draw_partners();
}

// ---- search ----------------------------------------------------------------
function find(text) {
  const [left, right] = text.toUpperCase().split("-").map(part => part.trim());
  const matching = word => table.types.map((_, i) => i).filter(i => table.types[i].toUpperCase().includes(word));
  if (!left) return [];
  if (right === undefined) return matching(left).map(i => ({name: table.types[i], choose: () => choose_type(i)}));
  const seconds = matching(right);
  return matching(left).flatMap(i => seconds.map(j => ({name: `${table.types[i]}-${table.types[j]}`, choose: () => choose_pair(i, j)})));
}
function show_found() {
  const found = find($("search").value), most = 24;
  $("found").replaceChildren(...found.slice(0, most).map(({name, choose}) => {
    const chip = document.createElement("button");
    chip.textContent = name;
    chip.onclick = choose;
    return chip;
  }));
  if ($("search").value.trim() && found.length === 0) $("found").append("No type has this in its name.");
  if (found.length > most) $("found").append(`and ${found.length - most} more`);
}

// ---- models ----------------------------------------------------------------
const models = data.models;
const model_columns = [{name: "model"}, {name: "score", digits: 3}, {name: "contacts", digits: 0}, {name: "residues", digits: 0},
                       {name: "standard error", digits: 3}, {name: "quality", digits: 2}, {name: "warnings"}];
// What all names begin with, up to a slash, is told once.
function common_folder(names) {
  if (names.length < 2) return names.length ? names[0].slice(0, names[0].lastIndexOf("/") + 1) : "";
  let folder = names[0];
  for (const name of names) while (!name.startsWith(folder)) folder = folder.slice(0, -1);
  return folder.slice(0, folder.lastIndexOf("/") + 1);
}
const folder = models ? common_folder(models.rows.map(row => row[0])) : "";
const short_name = m => models.rows[m][0].slice(folder.length);
// Places and scores of a model's residues.
function profile_of(m) {
  const {runs} = models.profiles, residues = [];
  let at = runs.slice(0, m).reduce((sum, own) => sum + own.reduce((all, size, n) => all + (n % 2 ? size : 0), 0), 0);
  for (let n = 0; n < runs[m].length; n += 2)
    for (let step = 0; step < runs[m][n + 1]; ++step, ++at) residues.push({at: runs[m][n] + step, score: profile_scores[at], quality: profile_qualities && profile_qualities[at]});
  return residues;
}
const colour_of = m => state.models.includes(m) ? palette[state.models.indexOf(m) % palette.length] : null;
// Warnings stand below the name of their model.
const warnings = 6;
const shown_columns = () => model_columns.filter((_, c) => c < 4 || (c < warnings && models.rows.some(row => row[c] !== null)));

function draw_ranking() {
  const shown = shown_columns(), numbers = shown.map(column => model_columns.indexOf(column));
  show_table("ranking", shown, models.rows.map((row, m) => ({
    cells: numbers.map(c => c === 0 ? short_name(m) : row[c]), title: row[0], note: row[warnings], colour: colour_of(m), chosen: state.models.includes(m),
    choose: models.profiles.runs[m] ? () => choose_model(m) : null,
  })));
}
function choose_model(m) {
  if (state.models.includes(m)) state.models = state.models.filter(other => other !== m);
  else state.models = [...state.models, m].slice(-palette.length);
  draw_ranking();
  draw_profile();
  draw_scatter();
}
// The chains of one model: what each with itself and each two add to its score.
function draw_chains() {
  const m = Number($("chain-model").value), pairs = models.chains[m], names = [];
  // Pairs come row by row: as many as chains, one fewer in each row.
  const size = (Math.sqrt(8 * pairs.length + 1) - 1) / 2;
  for (let n = 0; n < size; ++n) names.push(pairs[n][1] || "(blank)");
  const head = document.createElement("tr"), made = document.createElement("table");
  const add = (line, tag, text, kind) => { const box = document.createElement(tag); box.textContent = text; box.className = kind; line.append(box); return box; };
  add(head, "th", "", "");
  for (const name of names) add(head, "th", name, "number");
  made.append(head);
  for (let i = 0; i < size; ++i) {
    const line = document.createElement("tr");
    add(line, "th", names[i], "");
    for (let j = 0; j < size; ++j) {
      const [low, high] = i < j ? [i, j] : [j, i], [, , score, contacts] = pairs[low * size - low * (low - 1) / 2 + high - low];
      const words = contacts === 0 ? "no contact" : score === null ? "not scored" : digits(score, 1);
      const box = add(line, "td", words, "number" + (score === null || contacts === 0 ? " nothing" : ""));
      if (contacts) add(box, "small", `${contacts.toLocaleString("en")} contacts`, "");
    }
    made.append(line);
  }
  $("chains").replaceChildren(made);
  draw_interfaces(models.interfaces ? models.interfaces[m] : []);
  const unscored = pairs.some(([, , score, contacts]) => score === null && contacts > 0);
  $("chain-notes").textContent = unscored ? "The potential has no class for pairs between chains (inter): their contacts count for nothing in the score." : "";
}

// Which residues of two chains have heavy atoms within 5 Å of the other.
function draw_interfaces(interfaces) {
  const made = interfaces.filter(([, , first]) => first.length > 0).flatMap(([a, b, first, second]) =>
    [[a, b, first], [b, a, second]].map(([own, other, residues]) => {
      const line = document.createElement("p"), name = document.createElement("b");
      name.textContent = `${own || "(blank)"} at ${other || "(blank)"}: `;
      line.append(name, residues.join(", "));
      return line;
    }));
  $("interfaces").replaceChildren(...made);
  $("interfaces-part").hidden = made.length === 0;
}

// ---- what each button saves ------------------------------------------------
const savers = {
  "map-svg": () => save_picture("map"), "curve-svg": () => save_picture("curve"),
  "profile-svg": () => save_picture("profile"), "scatter-svg": () => save_picture("scatter"),
  map: () => save_table("pairs", ["pair", "separation", "bin", "score", "standard_error", "count"], all_pairs().map(p => pair_line(p, state.bin))),
  curve: () => save_table("curve", ["pair", "separation", "bin", "score", "standard_error", "count"],
                          state.pairs.flatMap(p => table.bins.map((_, bin) => pair_line(p, bin)))),
  partners: () => save_table("partners", partner_columns.map(c => c.name), partner_rows().map(row => row.cells)),
  made: () => save_table("made", ["property", "value"], table.made),
  ranking: () => {  // quality only of a calibrated potential
    const kept = model_columns.map((_, c) => c).filter(c => model_columns[c].name !== "quality" || models.rows.some(row => row[c] !== null));
    save_table("ranking", kept.map(c => model_columns[c].name.replace(" ", "_")), models.rows.map(row => kept.map(c => row[c])));
  },
  profile: () => save_table("profile", ["model", "residue", "score", ...(profile_qualities ? ["quality"] : [])], state.models.flatMap(m =>
    profile_of(m).map(({at, score, quality}) => [models.rows[m][0], models.residues[at], digits(score, 3), ...(profile_qualities ? [digits(quality, 3)] : [])]))),
  chains: () => save_table("chains", ["model", "chain_1", "chain_2", "score", "contacts"], models.rows.flatMap((row, m) =>
    models.chains[m].map(([first, second, score, contacts]) => [row[0], first, second, digits(score, 3), contacts]))),
  interfaces: () => save_table("interfaces", ["model", "chain", "other_chain", "residue"], models.rows.flatMap((row, m) =>
    (models.interfaces ? models.interfaces[m] : []).flatMap(([a, b, first, second]) =>
      [...first.map(residue => [row[0], a, b, residue]), ...second.map(residue => [row[0], b, a, residue])]))),
  scatter: () => save_table("scatter", ["model", $("label").value, "score"],
                            models.rows.map((row, m) => [row[0], models.labels[$("label").value][m], row[1]])),
};
const all_pairs = () => table.types.flatMap((_, i) => table.types.slice(i).map((_, j) => [i, i + j]));
function pair_line(pair, bin) {
  const c = cell(state.k, pair[0], pair[1], bin);
  return [pair_name(pair), table.classes[state.k], table.bins[bin], digits(c.score, 4), digits(c.error, 4), c.count];
}

// ---- the beginning ---------------------------------------------------------
function fill(select, names) {
  select.replaceChildren(...names.map((name, i) => new Option(name, i)));
}
// What to begin with: the class that most is known of, there the pair, and the
// distance, that stand out most from the noise.
function most_telling() {
  const strength = at => errors[at] > 0 ? Math.min((scores[at] / errors[at]) ** 2, 1e4) || 0 : 0;
  // Errors of 0 say that nobody knows them: then the scores themselves.
  const size = has_errors ? strength : at => scores[at] ** 2 || 0;
  const clear = table.classes.map((_, k) => {
    let number = 0;
    for (let at = k * B * P; at < (k + 1) * B * P; ++at) number += size === strength ? size(at) > 9 : size(at);
    return number;
  });
  const k = clear.indexOf(Math.max(...clear)), sums = new Float64Array(P);
  for (let bin = 0; bin < B; ++bin) for (let pair = 0; pair < P; ++pair) if (cell_at((k * B + bin) * P + pair).seen) sums[pair] += size((k * B + bin) * P + pair);
  const row = sums.indexOf(Math.max(...sums));
  // Of distances where nearly all pairs are seen: else the map would be grey.
  const known = table.bins.map((_, bin) => known_cells(k, bin).filter(Number.isFinite).length), most = Math.max(...known);
  const of_bin = known.map((number, bin) => number >= 0.8 * most ? size((k * B + bin) * P + row) : -1);
  return {k, pair: all_pairs()[row], bin: of_bin.indexOf(Math.max(...of_bin))};
}
function set_up_potential() {
  $("name").textContent = table.name;
  document.title = `${table.name}: potential report`;
  $("potential-notes").textContent = table.notes.join(" ");
  fill($("bin"), table.bins);
  fill($("class"), table.classes);
  $("class-part").hidden = table.classes.length < 2;
  $("slider").max = B - 1;
  const start = most_telling();
  Object.assign(state, {k: start.k, bin: start.bin, pairs: [start.pair]});
  $("bin").value = $("slider").value = state.bin;
  $("class").value = state.k;
  $("bin").onchange = $("slider").oninput = event => choose_bin(Number(event.target.value));
  $("class").onchange = event => { state.k = Number(event.target.value); draw_map(); draw_curve(); draw_partners(); };
  $("zoom-out").onclick = () => { state.zoom = null; draw_map(); };
  $("unseen").textContent = counts ? "no contact seen" : "hardly seen, or no score";
  $("search").oninput = show_found;
  $("search").onkeydown = event => { if (event.key === "Enter") { const first = find($("search").value)[0]; if (first) first.choose(); } };
  show_table("made", [{name: "property"}, {name: "value"}], table.made.map(cells => ({cells})));
}
function set_up_models() {
  $("models").hidden = false;
  $("model-notes").textContent = [folder ? `In ${folder}` : "", ...models.notes].join(" ");
  state.models = models.profiles.runs.slice(0, 3).map((_, m) => m);
  const columns = Object.keys(models.labels || {});
  const usual = columns.find(name => /gdt.?ts/i.test(name)) || columns.find(name => /rmsd|gdt|tm|lddt/i.test(name));
  $("label").replaceChildren(...columns.map(name => new Option(name, name, false, name === usual)));
  $("scatter-part").hidden = columns.length === 0;
  $("label").onchange = draw_scatter;
  $("difference").onchange = $("by-quality").onchange = draw_profile;
  $("by-quality").parentElement.hidden = !profile_qualities;
  if (models.chains) {
    const several = models.rows.map((_, m) => m).filter(m => models.chains[m].length > 1);
    $("chain-model").replaceChildren(...several.map(m => new Option(short_name(m), m)));
    $("chain-model").onchange = draw_chains;
    $("chains-part").hidden = false;
    draw_chains();
  }
  draw_ranking();
}
// ---- light and dark --------------------------------------------------------
const prefers_dark = matchMedia("(prefers-color-scheme: dark)");
function use_theme(name) {
  const other = name === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = name;
  $("theme").textContent = other;
  $("theme").title = `show the page ${other}`;
  $("theme").onclick = () => { use_theme(other); draw_map(); };
}
const use_preferred = () => use_theme(prefers_dark.matches ? "dark" : "light");

function draw_all() {
  if (models) { draw_profile(); draw_scatter(); }
  draw_map();
  draw_curve();
}
async function start() {
  use_preferred();
  await load_numbers();
  set_up_potential();
  prefers_dark.onchange = () => { use_preferred(); draw_map(); };
  if (models) set_up_models();
  for (const button of document.querySelectorAll("[data-save]")) button.onclick = savers[button.dataset.save];
  draw_all();
  let width = window.innerWidth;
  window.onresize = () => { if (window.innerWidth !== width) { width = window.innerWidth; draw_all(); } };
  $("page").removeAttribute("aria-busy");
}
start().catch(error => {
  $("problem").hidden = false;
  $("problem").textContent = error.message;
  throw error;
});
