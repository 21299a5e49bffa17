// The page of `potential report`: its charts and what they answer to.

// ---- the heat map ----------------------------------------------------------
// Above this many types an axis names residues instead.
const most_names = 60;
function type_ticks() {
  const ticks = {vals: [], text: [], edges: []};
  if (T <= most_names) {
    ticks.vals = table.types.map((_, i) => i);
    ticks.text = table.types.map(name => brief(name, 12));
    return ticks;
  }
  for (let i = 0, first = 0; i < T; ++i) {
    const group = table.types[i].split(":")[0];
    if (i + 1 < T && table.types[i + 1].split(":")[0] === group) continue;
    ticks.vals.push((first + i) / 2);
    ticks.text.push(brief(group, 12));
    if (i + 1 < T) ticks.edges.push(i + 0.5);
    first = i + 1;
  }
  return ticks;
}
// 98 % of the magnitudes are at most this: a few cells do not take all of the scale.
function colour_limit(values) {
  const sizes = values.filter(v => v !== null).map(Math.abs).sort((a, b) => a - b);
  return sizes.length ? Math.max(sizes[Math.floor((sizes.length - 1) * 0.98)], 1e-9) : 1;
}
const ticks = type_ticks();
function draw_map() {
  const z = [], text = [];
  for (let i = 0; i < T; ++i) {
    z.push([]);
    text.push([]);
    for (let j = 0; j < T; ++j) {
      const c = cell(state.k, i, j, state.bin);
      z[i].push(c.seen ? c.score : null);
      text[i].push(plain(pair_name([i, j])) + (c.seen ? `<br>score ${digits(c.score, 3)} ± ${digits(c.error, 3)}` : "<br>no contact seen") +
                   (c.count ? `<br>${c.count} contacts` : ""));
    }
  }
  const limit = colour_limit(z.flat());
  $("map").style.height = `${Math.round($("map").clientWidth * (narrow() ? 0.82 : 0.9))}px`;
  const axis = {tickvals: ticks.vals, ticktext: ticks.text, range: [-0.5, T - 0.5], showgrid: false, zeroline: false, automargin: true,
                tickfont: {size: T > most_names && !narrow() ? 11 : 9}, constrain: "domain"};
  const lines = ticks.edges.flatMap(e => [[e, e, -0.5, T - 0.5], [-0.5, T - 0.5, e, e]]).map(([x0, x1, y0, y1]) =>
    ({type: "line", x0, x1, y0, y1, line: {color: "rgba(0,0,0,0.18)", width: 0.5}}));
  const marks = [];
  if (state.type !== null)
    marks.push([-0.5, T - 0.5, state.type - 0.5, state.type + 0.5], [state.type - 0.5, state.type + 0.5, -0.5, T - 0.5]);
  for (const [i, j] of state.pairs) marks.push([i - 0.5, i + 0.5, j - 0.5, j + 0.5], [j - 0.5, j + 0.5, i - 0.5, i + 0.5]);
  for (const [x0, x1, y0, y1] of marks) lines.push({type: "rect", x0, x1, y0, y1, line: {color: "#000", width: 1.5}});
  return Plotly.react("map", [{
    type: "heatmap", z, text, hoverinfo: "text", zmin: -limit, zmax: limit, colorscale: around_zero, hoverongaps: true,
    colorbar: {thickness: 12, outlinewidth: 0, nticks: 7, tickfont: {size: 10}, xpad: 4,
               title: {text: `Score (natural-log units), ${plain(table.bins[state.bin])}`, side: "right"}},
  }], {
    font, plot_bgcolor: "#bbb", dragmode: narrow() ? false : "zoom", shapes: lines,
    margin: {l: 40, r: 10, t: 8, b: 40},
    xaxis: {...axis, tickangle: -90}, yaxis: {...axis, range: [T - 0.5, -0.5], scaleanchor: "x"},
  }, config);
}

// ---- curves ----------------------------------------------------------------
function value_axis(points) {
  let low = 0, high = 0;
  for (const {score, error, seen} of points) if (seen) { low = Math.min(low, score - error); high = Math.max(high, score + error); }
  const margin = Math.max(0.06 * (high - low), 0.05);
  return [low < 0 ? low - margin : 0, high + margin];
}
function draw_curve() {
  const x = table.middles, traces = [];
  const curves = state.pairs.map(([i, j]) => x.map((_, bin) => cell(state.k, i, j, bin)));
  const range = value_axis(curves.flat());
  const seen = curves.flat().map(p => p.count).filter(count => count > 0);
  const decades = seen.length ? Math.log10(Math.max(...seen) / Math.min(...seen)) : 0;
  curves.forEach((points, n) => {
    const color = palette[n % palette.length], name = legend_name(pair_name(state.pairs[n]));
    traces.push({x, y: points.map(p => p.seen ? p.score : null), name, legendgroup: name, mode: "lines+markers", line: {color},
                 error_y: {type: "data", array: points.map(p => p.seen ? p.error : 0), color, thickness: 1, width: 3},
                 hovertemplate: `${name}<br>%{x} Å: %{y:.3f} ± %{error_y.array:.3f}<extra></extra>`});
    const unseen = x.map((_, b) => b).filter(b => !points[b].seen && points[b].score !== null);
    if (unseen.length)
      traces.push({x: unseen.map(b => x[b]), y: unseen.map(b => Math.min(Math.max(points[b].score, range[0]), range[1])), mode: "markers",
                   marker: {symbol: "triangle-up-open", size: 9, color}, legendgroup: name, showlegend: false, cliponaxis: false,
                   hovertemplate: `${name}<br>%{x} Å: no contact seen<extra></extra>`});
    if (counts)
      traces.push({x, y: points.map(p => p.count || null), type: "bar", yaxis: "y2", marker: {color}, legendgroup: name, showlegend: false,
                   hovertemplate: `${name}<br>%{x} Å: %{y} contacts<extra></extra>`});
  });
  return Plotly.react("curve", traces, {
    font, dragmode: narrow() ? false : "zoom", margin: {l: 56, r: 10, t: 8, b: 44}, barmode: "group", showlegend: true,
    legend: {orientation: "h", y: 1.02, yanchor: "bottom"},
    xaxis: {title: {text: "Distance (Å)"}, rangemode: "tozero", zeroline: false, anchor: counts ? "y2" : "y"},
    yaxis: {title: {text: "Score (ln units)"}, range, domain: [counts ? 0.38 : 0, 1], zerolinecolor: "#888"},
    yaxis2: {title: {text: "Contacts"}, type: "log", domain: [0, 0.3], dtick: decades > 1.2 ? 1 : "D2", exponentformat: "SI",
             showticklabels: seen.length > 0},
  }, config);
}
function draw_partners() {
  $("partners-part").hidden = state.type === null;
  if (state.type === null) return;
  $("partners-of").textContent = `${table.types[state.type]}, ${table.bins[state.bin]}`;
  show_table("partners", partner_columns, partner_rows());
}
const partner_columns = [{name: "type"}, {name: "score", digits: 3}, {name: "standard error", digits: 3}, {name: "contacts", digits: 0}];
function partner_rows() {
  const rows = table.types.map((name, j) => {
    const c = cell(state.k, state.type, j, state.bin);
    return {cells: [name, c.seen ? c.score : null, c.seen ? c.error : null, c.count], choose: () => choose_pair(state.type, j)};
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
                       {name: "standard error", digits: 3}, {name: "warnings"}];
// What all names begin with, up to a slash, is told once.
function common_folder(names) {
  if (names.length < 2) return names.length ? names[0].slice(0, names[0].lastIndexOf("/") + 1) : "";
  let folder = names[0];
  for (const name of names) while (!name.startsWith(folder)) folder = folder.slice(0, -1);
  return folder.slice(0, folder.lastIndexOf("/") + 1);
}
const folder = models ? common_folder(models.rows.map(row => row[0])) : "";
const short_name = m => models.rows[m][0].slice(folder.length);
const colour_of = m => state.models.includes(m) ? palette[state.models.indexOf(m) % palette.length] : null;
// Warnings stand below the name of their model.
const warnings = 5;
const shown_columns = () => model_columns.filter((_, c) => c < 4 || (c < warnings && models.rows.some(row => row[c] !== null)));

function draw_ranking() {
  const shown = shown_columns(), numbers = shown.map(column => model_columns.indexOf(column));
  show_table("ranking", shown, models.rows.map((row, m) => ({
    cells: numbers.map(c => c === 0 ? short_name(m) : row[c]), title: row[0], note: row[warnings], colour: colour_of(m), chosen: state.models.includes(m),
    choose: models.profiles[m] ? () => choose_model(m) : null,
  })));
}
function choose_model(m) {
  if (state.models.includes(m)) state.models = state.models.filter(other => other !== m);
  else state.models = [...state.models, m].slice(-palette.length);
  draw_ranking();
  draw_profile();
  draw_scatter();
}
function draw_profile() {
  const labels = models.residues, step = Math.max(1, Math.ceil(labels.length / (narrow() ? 5 : 10)));
  const vals = labels.map((_, i) => i).filter(i => i % step === 0);
  // A place without a residue breaks the line.
  const traces = state.models.map(m => {
    const y = new Array(labels.length).fill(null);
    models.profiles[m].at.forEach((at, n) => { y[at] = models.profiles[m].score[n]; });
    return {x: labels.map((_, i) => i), y, text: labels.map(plain), name: legend_name(short_name(m)), mode: "lines+markers", marker: {size: 4},
            line: {color: colour_of(m), width: 1.5}, hovertemplate: "%{text}: %{y:.3f}<extra>%{fullData.name}</extra>"};
  });
  return Plotly.react("profile", traces, {
    font, dragmode: narrow() ? false : "zoom", margin: {l: 56, r: 10, t: 8, b: 76}, showlegend: true,
    legend: {orientation: "h", y: 1.02, yanchor: "bottom"},
    xaxis: {title: {text: "Residue"}, tickvals: vals, ticktext: vals.map(i => plain(labels[i])), tickangle: -45, zeroline: false},
    yaxis: {title: {text: "Score (ln units)"}, zerolinecolor: "#888"},
  }, config);
}
function draw_scatter() {
  if (!models.labels || !$("label").value) return null;
  const values = models.labels[$("label").value], colours = models.rows.map((_, m) => colour_of(m) || "#8c959f");
  const order = models.rows.map((_, m) => m).sort((a, b) => state.models.includes(a) - state.models.includes(b));
  return Plotly.react("scatter", [{
    x: order.map(m => values[m]), y: order.map(m => models.rows[m][1]), text: order.map(m => plain(short_name(m))), customdata: order,
    mode: "markers", type: "scatter", marker: {color: order.map(m => colours[m]), size: order.map(m => colour_of(m) ? 10 : 6), opacity: 0.85},
    hovertemplate: "%{text}<br>%{x}, score %{y:.3f}<extra></extra>",
  }], {
    font, dragmode: narrow() ? false : "zoom", margin: {l: 64, r: 10, t: 8, b: 44}, showlegend: false,
    xaxis: {title: {text: plain($("label").value)}, zeroline: false},
    yaxis: {title: {text: models.normalize === "total" ? "Score (ln units)" : `Score (ln units per ${models.normalize})`}, zeroline: false},
  }, config);
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
  ranking: () => save_table("ranking", model_columns.map(c => c.name.replace(" ", "_")), models.rows),
  profile: () => save_table("profile", ["model", "residue", "score"], state.models.flatMap(m =>
    models.profiles[m].at.map((at, n) => [models.rows[m][0], models.residues[at], models.profiles[m].score[n]]))),
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
// A pair to begin with: the most native-like one.
function lowest_pair() {
  const value = pair => { const c = cell(state.k, pair[0], pair[1], state.bin); return c.seen ? c.score : Infinity; };
  return all_pairs().reduce((best, pair) => value(pair) < value(best) ? pair : best);
}
function set_up_potential() {
  $("name").textContent = table.name;
  document.title = `${table.name}: potential report`;
  $("potential-notes").textContent = table.notes.join(" ");
  fill($("bin"), table.bins);
  fill($("class"), table.classes);
  $("class-part").hidden = table.classes.length < 2;
  $("slider").max = B - 1;
  state.bin = Math.max(0, table.middles.findIndex(middle => middle > 5));
  $("bin").value = $("slider").value = state.bin;
  $("bin").onchange = $("slider").oninput = event => choose_bin(Number(event.target.value));
  $("class").onchange = event => { state.k = Number(event.target.value); draw_map(); draw_curve(); draw_partners(); };
  $("search").oninput = show_found;
  $("search").onkeydown = event => { if (event.key === "Enter") { const first = find($("search").value)[0]; if (first) first.choose(); } };
  show_table("made", [{name: "property"}, {name: "value"}], table.made.map(cells => ({cells})));
  state.pairs = [lowest_pair()];
}
function set_up_models() {
  $("models").hidden = false;
  $("model-notes").textContent = [folder ? `In ${folder}` : "", ...models.notes].join(" ");
  state.models = models.profiles.slice(0, 3).map((_, m) => m);
  const columns = Object.keys(models.labels || {});
  const usual = columns.find(name => /gdt.?ts/i.test(name)) || columns.find(name => /rmsd|gdt|tm|lddt/i.test(name));
  $("label").replaceChildren(...columns.map(name => new Option(name, name, false, name === usual)));
  $("scatter-part").hidden = columns.length === 0;
  $("label").onchange = draw_scatter;
  draw_ranking();
}
async function load_charts() {
  if (!window.DecompressionStream) throw new Error("This browser is too old for this page; use one of 2023 or later.");
  const packed = new Blob([bytes_of($("charts").textContent)]);
  const script = document.createElement("script");
  script.textContent = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).text();
  document.head.append(script);
  $("charts").remove();
}
async function start() {
  set_up_potential();
  if (models) set_up_models();
  for (const button of document.querySelectorAll("[data-save]")) button.onclick = savers[button.dataset.save];
  await load_charts();
  if (models) {
    await draw_profile();
    if (await draw_scatter()) $("scatter").on("plotly_click", event => choose_model(event.points[0].customdata));
  }
  await draw_map();
  $("map").on("plotly_click", event => choose_pair(event.points[0].x, event.points[0].y));
  await draw_curve();
  $("page").removeAttribute("aria-busy");
}
start().catch(error => {
  $("problem").hidden = false;
  $("problem").textContent = error.message;
  throw error;
});
