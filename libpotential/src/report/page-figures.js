// The pictures of the page: the heat map, curves, profiles and the scatter.

// ---- the heat map ----------------------------------------------------------
const letters = {ALA: "A", ARG: "R", ASN: "N", ASP: "D", CYS: "C", GLN: "Q", GLU: "E", GLY: "G", HIS: "H", ILE: "I",
                 LEU: "L", LYS: "K", MET: "M", PHE: "F", PRO: "P", SER: "S", THR: "T", TRP: "W", TYR: "Y", VAL: "V"};
// What stands along an axis from type `first` to before `end`, `size` pixels a type:
// types where there is room for each, else residues, else their letters.
function type_labels(first, end, size) {
  if (size >= 9)
    return {names: table.types.slice(first, end).map((name, n) => ({at: first + n + 0.5, text: brief(name, 12)})), edges: []};
  const names = [], edges = [];
  for (let i = first, begin = first; i < end; ++i) {
    if (i + 1 < end && table.groups[i + 1] === table.groups[i]) continue;
    names.push({at: (begin + i + 1) / 2, text: table.groups[i], wide: (i + 1 - begin) * size});
    if (i + 1 < end) edges.push(i + 1);
    begin = i + 1;
  }
  const tight = names.some((name, n) => n > 0 && (name.wide + names[n - 1].wide) / 2 < 10);
  for (const name of names) name.text = tight && letters[name.text] || brief(name.text, 12);
  return {names, edges: names.length < (end - first) / 2 ? edges : []};
}
function known_cells(k, bin) {
  const z = new Float32Array(P).fill(NaN), typical = typical_error(k, bin);
  for (let pair = 0; pair < P; ++pair) {
    const c = cell_at((k * B + bin) * P + pair);
    if (is_known(c, typical)) z[pair] = c.score;
  }
  return z;
}
const map_words = (i, j) => {
  const c = cell(state.k, i, j, state.bin);
  if (!c.seen) return `${pair_name([i, j])}\n${counts ? "no contact seen" : "no score"}`;
  return `${pair_name([i, j])}\nscore ${digits(c.score, 3)} ± ${digits(c.error, 3)}` + (c.count ? `\n${c.count} contacts` : "") +
         (is_known(c, typical_error(state.k, state.bin)) ? "" : "\nhardly seen: little more than a bound");
};
function draw_map() {
  const [first, end, top_type, end_type] = state.zoom || [0, T, 0, T];
  const z = known_cells(state.k, state.bin), scale = colour_scale(z.filter(Number.isFinite));
  const {svg, width} = new_picture("map", 10);
  const bar = 62, columns = end - first, rows = end_type - top_type;
  const labels_of = (from, to, size) => { const made = type_labels(from, to, size); made.room = Math.max(...made.names.map(n => text_width(n.text, 10))) + 10; return made; };
  const rough = (width - bar - 40) / columns;
  const down_labels = labels_of(top_type, end_type, rough * columns / rows), left = down_labels.room;
  const side = width - bar - left, size_x = side / columns, size_y = side / rows;
  const across_labels = labels_of(first, end, size_x);
  // Names lie flat where each has room.
  const flat = across_labels.names.every((name, n, all) => n === 0 || (name.at - all[n - 1].at) * size_x > (text_width(name.text, 10) + text_width(all[n - 1].text, 10)) / 2 + 3);
  const top = 6, height = top + side + (flat ? 24 : across_labels.room + 4);
  svg.setAttribute("height", height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const unseen = rgb_of(theme("unseen")), x_of = type => left + (type - first) * size_x, y_of = type => top + (type - top_type) * size_y;
  const href = pixels(columns, rows, (x, y) => {
    const value = z[pair_row(first + x, top_type + y)];
    return Number.isNaN(value) ? unseen : scale.colour(value);
  });
  const image = shape("image", {href, x: left, y: top, width: side, height: side, preserveAspectRatio: "none", style: "image-rendering:pixelated"});
  svg.append(image);
  for (const edge of across_labels.edges) svg.append(shape("line", {class: "edge", x1: x_of(edge), x2: x_of(edge), y1: top, y2: top + side}));
  for (const edge of down_labels.edges) svg.append(shape("line", {class: "edge", x1: left, x2: left + side, y1: y_of(edge), y2: y_of(edge)}));
  let free = -Infinity;
  for (const {at, text} of down_labels.names) {
    if (y_of(at) - free < 7) continue;
    free = y_of(at);
    svg.append(shape("text", {class: "type", x: left - 5, y: y_of(at) + 3.5, "text-anchor": "end", "font-size": 10}, text));
  }
  free = -Infinity;
  for (const {at, text} of across_labels.names) {
    if (!flat && x_of(at) - free < 9) continue;
    free = x_of(at);
    svg.append(flat ? shape("text", {class: "type", x: x_of(at), y: top + side + 14, "text-anchor": "middle", "font-size": 10}, text)
                    : shape("text", {class: "type", transform: `translate(${x_of(at) + 3.5} ${top + side + 6}) rotate(-90)`, "text-anchor": "end", "font-size": 10}, text));
  }
  draw_marks(svg, {left, top, side, x_of, y_of, first, end, top_type, end_type});
  draw_colour_bar(svg, scale, left + side + 12, top, side);
  listen_to_map(svg, image, {side, columns, rows, first, top_type});
  $("zoom-out").hidden = state.zoom === null;
}
// The pairs and the type that are looked at.
function draw_marks(svg, {left, top, side, x_of, y_of, first, end, top_type, end_type}) {
  const box = (i, j, wide, high) => {
    const x1 = Math.max(x_of(i), left), y1 = Math.max(y_of(j), top), x2 = Math.min(x_of(i + wide), left + side), y2 = Math.min(y_of(j + high), top + side);
    if (x2 > x1 && y2 > y1) svg.append(shape("rect", {class: "mark", x: x1 - 1, y: y1 - 1, width: x2 - x1 + 2, height: y2 - y1 + 2}));
  };
  if (state.type !== null) { box(first, state.type, end - first, 1); box(state.type, top_type, 1, end_type - top_type); }
  for (const [i, j] of state.pairs) { box(i, j, 1, 1); if (i !== j) box(j, i, 1, 1); }
}
function draw_colour_bar(svg, scale, x, top, side) {
  const href = pixels(1, 256, (_, y) => scale.colour_at(1 - y / 127.5));
  svg.append(shape("image", {href, x, y: top, width: 12, height: side, preserveAspectRatio: "none"}));
  for (const {at, text} of scale_ticks(scale))
    svg.append(shape("text", {class: "tick", x: x + 17, y: Math.min(Math.max(top + (1 - at) / 2 * side + 4, top + 9), top + side), "font-size": 10}, text));
}
// A click chooses a cell; the mouse drawn over an area shows it alone.
function listen_to_map(svg, image, {side, columns, rows, first, top_type}) {
  const type_at = event => {
    const box = image.getBoundingClientRect();
    const part = (at, from, count) => Math.min(Math.max(Math.floor((at - from) / side * count), 0), count - 1);
    return [first + part(event.clientX, box.left, columns), top_type + part(event.clientY, box.top, rows), event.clientX, event.clientY];
  };
  let start = null, band = null;
  image.onpointerdown = event => {
    if (event.button !== 0) return;
    start = type_at(event);
    if (event.pointerType === "mouse") { event.preventDefault(); image.setPointerCapture(event.pointerId); }
  };
  image.onpointermove = event => {
    const [i, j, x, y] = type_at(event), box = svg.getBoundingClientRect();
    show_tip(map_words(i, j), event);
    if (!start || event.pointerType !== "mouse") return;
    if (!band) svg.append(band = shape("rect", {class: "mark"}));
    for (const [name, value] of Object.entries({x: Math.min(x, start[2]) - box.left, y: Math.min(y, start[3]) - box.top,
                                                width: Math.abs(x - start[2]), height: Math.abs(y - start[3])})) band.setAttribute(name, value);
  };
  image.onpointerleave = () => { tip.hidden = true; };
  image.onpointercancel = () => { start = null; };
  image.onpointerup = event => {
    if (!start) return;
    const [i, j, x, y] = type_at(event), [i0, j0, x0, y0] = start;
    start = null;
    tip.hidden = true;
    if (Math.abs(x - x0) < 6 && Math.abs(y - y0) < 6) { choose_pair(i0, j0); return; }
    state.zoom = [Math.min(i, i0), Math.max(i, i0) + 1, Math.min(j, j0), Math.max(j, j0) + 1];
    draw_map();
  };
}

// ---- curves ----------------------------------------------------------------
function draw_curve() {
  const xs = table.middles, last = xs[B - 1] * 1.03;
  const curves = state.pairs.map(([i, j], n) => {
    const cells = xs.map((_, bin) => cell(state.k, i, j, bin)), typical = usual_error(cells.filter(c => c.seen).map(c => c.error).sort((a, b) => a - b));
    return {name: legend_name(pair_name([i, j])), colour: palette[n % palette.length], cells, known: cells.map(c => is_known(c, typical))};
  });
  let low = 0, high = 0;
  for (const {cells, known} of curves) cells.forEach((c, n) => { if (known[n]) { low = Math.min(low, c.score - c.error); high = Math.max(high, c.score + c.error); } });
  const margin = Math.max(0.06 * (high - low), 0.05);
  const y = new_axis(low < 0 ? low - margin : 0, high + margin, 7, "Score (ln units)");
  const contacts = counts ? curves.flatMap(({cells}) => cells.map(c => c.count)).filter(count => count > 0) : [];
  const {svg, width, height} = new_picture("curve", $("curve").clientHeight);
  const hollow = curves.some(({cells, known}) => cells.some((c, n) => c.score !== null && !known[n] && (counts || c.seen)));
  const entries = curves.map(({name, colour}) => ({name, colour}));
  if (hollow) entries.push({name: counts ? "no contact seen" : "hardly seen", colour: "var(--quiet)", hollow: true});
  const top = draw_legend(svg, width, entries) + 6;
  const x = new_axis(0, last, narrow() ? 6 : 10, "Distance (Å)");
  const amounts = contacts.length ? new_axis(Math.min(...contacts) / 1.5, Math.max(...contacts) * 1.5, 5, "Contacts", true) : null;
  const left = Math.max(left_margin(y), amounts ? left_margin(amounts) : 0), bottom = height - 44, right = width - 10;
  const split = amounts ? bottom - (bottom - top) * 0.3 : bottom, targets = [];
  const upper = new Panel(svg, {left, right, top, bottom: amounts ? split - 26 : bottom}, amounts ? {...x, title: null} : x, y);
  const lower = amounts ? new Panel(svg, {left, right, top: split, bottom}, x, amounts) : null;
  upper.level(0);
  for (const {name, colour, cells, known} of curves) {
    const words = n => `${name}, ${table.bins[n]}\n`;
    cells.forEach((c, n) => {
      const text = `${words(n)}${digits(c.score, 3)} ± ${digits(c.error, 3)}`;
      if (known[n]) upper.error_bar(xs[n], c.score, c.error, colour);
      else if (c.score !== null && (counts || c.seen))
        targets.push({...upper.triangle(xs[n], c.score, colour), text: counts ? words(n) + "no contact seen" : text + "\nhardly seen: little more than a bound"});
    });
    for (const at of upper.curve(xs, cells.map((c, n) => known[n] ? c.score : null), colour, 3))
      targets.push({...at, text: `${words(at.n)}${digits(cells[at.n].score, 3)} ± ${digits(cells[at.n].error, 3)}`});
    if (lower)
      for (const at of lower.curve(xs, cells.map(c => c.count > 0 ? c.count : null), colour, 2.5)) targets.push({...at, text: `${words(at.n)}${cells[at.n].count} contacts`});
  }
  follow(svg, targets);
}

// ---- models ----------------------------------------------------------------
// Scores or qualities along the sequence, one for each place; null where a model has no residue.
function profile_values(m) {
  const y = new Array(models.residues.length).fill(null), what = $("by-quality").checked ? "quality" : "score";
  for (const residue of profile_of(m)) y[residue.at] = residue[what];
  if (!$("difference").checked) return y;
  const best = new Array(y.length).fill(null);
  for (const residue of profile_of(0)) best[residue.at] = residue[what];
  return y.map((value, at) => value === null || best[at] === null ? null : value - best[at]);
}
function draw_profile() {
  const places = models.residues.length, parts = models.residues.map(label => { const [name, number, ...chain] = label.split(" ").reverse(); return {number, chain: chain.reverse().join(" ")}; });
  const curves = state.models.map(m => ({m, name: legend_name(short_name(m)), colour: colour_of(m), y: profile_values(m)}));
  const shown = curves.flatMap(({y}) => y).filter(value => value !== null);
  const low = Math.min(0, ...shown), high = Math.max(0, ...shown), margin = Math.max((high - low) * 0.06, 0.05);
  const y = new_axis(low - margin, high + margin, 7, ($("by-quality").checked ? "Quality" : "Score") + ($("difference").checked ? " − best" : "") + ($("by-quality").checked ? "" : " (ln units)"));
  const {svg, width, height} = new_picture("profile", $("profile").clientHeight);
  const borders = parts.map((_, at) => at).filter(at => at > 0 && parts[at].chain !== parts[at - 1].chain);
  const top = draw_legend(svg, width, curves) + (borders.length ? 18 : 6), left = left_margin(y);
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find(size => places / size <= (width - left) / 45) || places;
  const x = new_axis(-0.5, places - 0.5, 1, "Residue"), targets = [];
  Object.assign(x, {values: d3.range(places).filter(at => Number.parseInt(parts[at].number, 10) % step === 0), text: at => parts[at].number});
  const panel = new Panel(svg, {left, right: width - 10, top, bottom: height - 44}, x, y);
  panel.level(0);
  for (const at of borders) svg.append(shape("line", {class: "level", x1: panel.across(at - 0.5), x2: panel.across(at - 0.5), y1: top - 14, y2: panel.bottom}));
  if (borders.length)
    for (const at of [0, ...borders]) svg.append(shape("text", {class: "tick", x: panel.across(at - 0.5) + 4, y: top - 4}, parts[at].chain ? `chain ${parts[at].chain}` : "no chain name"));
  for (const {m, name, colour, y: values} of curves)
    for (const at of panel.curve(values.map((_, n) => n), values, colour, places > 150 ? 1.5 : 2.5))
      targets.push({...at, text: `${models.residues[at.n]}: ${digits(values[at.n], 3)}\n${short_name(m)}`});
  follow(svg, targets);
}
function draw_scatter() {
  if (!models.labels || !$("label").value) return;
  const values = models.labels[$("label").value];
  const rows = models.rows.map((row, m) => ({m, x: values[m], y: row[1]})).filter(({x, y}) => x !== null && y !== null)
    .sort((a, b) => state.models.includes(a.m) - state.models.includes(b.m));
  const {svg, width, height} = new_picture("scatter", $("scatter").clientHeight);
  const axis = (numbers, most, title) => {
    const low = Math.min(...numbers), high = Math.max(...numbers), margin = (high - low) * 0.04 || Math.abs(high) * 0.05 || 0.5;
    return new_axis(low - margin, high + margin, most, title);
  };
  if (rows.length === 0) return;
  const x = axis(rows.map(row => row.x), narrow() ? 6 : 9, $("label").value);
  const y = axis(rows.map(row => row.y), 7, models.normalize === "total" ? "Score (ln units)" : `Score (ln units per ${models.normalize})`);
  const panel = new Panel(svg, {left: left_margin(y), right: width - 10, top: 8, bottom: height - 44}, x, y);
  const targets = rows.map(row => ({...row, x: panel.across(row.x), y: panel.down(row.y), text: `${short_name(row.m)}\n${$("label").value} ${Number(row.x.toPrecision(5))}, score ${digits(row.y, 3)}`}));
  for (const {m, x: across, y: down} of targets)
    svg.append(shape("circle", {cx: across, cy: down, r: colour_of(m) ? 5 : 3.5, class: "model", style: `fill:${colour_of(m) || "var(--dot)"}`}));
  follow(svg, targets, target => choose_model(target.m));
}
