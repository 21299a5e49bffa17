// Charts as SVG, by D3: axes, curves, points, heat maps, and what stands under the pointer.
// Colours are the style sheet's, so that light and dark need no other drawing.
const svg_space = "http://www.w3.org/2000/svg", font_family = "system-ui, 'DejaVu Sans', sans-serif";
function shape(tag, attributes, ...children) {
  const made = document.createElementNS(svg_space, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
const ruler = document.createElement("canvas").getContext("2d");
function text_width(text, size) {
  ruler.font = `${size}px ${font_family}`;
  return ruler.measureText(text).width;
}

// ---- scales ----------------------------------------------------------------
const minus = text => text.replace("-", "−");
function short_number(value, decimals = 0) {
  const size = Math.abs(value);
  if (size >= 1e9) return minus(value.toExponential(0).replace("+", ""));
  for (const [unit, letter] of [[1e6, "M"], [1e3, "k"]])
    if (size >= unit) return minus(String(Number((value / unit).toPrecision(3)))) + letter;
  return minus(value.toFixed(decimals));
}
// A scale of D3 with its ticks; the panel gives it its place.
function new_axis(low, high, count, title, log = false) {
  const scale = (log ? d3.scale.log() : d3.scale.linear()).domain([low, high]);
  const text = log ? scale.tickFormat(count, short_count) : scale.tickFormat(count);
  return {scale, title, values: scale.ticks(count), text: value => minus(text(value))};
}
// 5, 20, 3k; thousandths and less as powers.
const short_count = value => d3.format(Math.abs(value) < 1e-3 ? ".0e" : "s")(Number(value.toPrecision(3)));

// ---- a picture and its panels ----------------------------------------------
function new_picture(id, height) {
  const width = Math.max($(id).clientWidth, 240);
  const svg = shape("svg", {width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "font-family": font_family, "font-size": 12});
  $(id).replaceChildren(svg);
  return {svg, width, height};
}
// A rectangle with two axes, drawn by D3.
class Panel {
  constructor(svg, {left, top, right, bottom}, x, y) {
    Object.assign(this, {svg, left, top, right, bottom});
    this.across = x.scale.copy().range([left, right]);
    this.down = y.scale.copy().range([bottom, top]);
    const axis = (scale, {values, text}, side) => d3.svg.axis().scale(scale).orient(side).tickValues(values).tickFormat(text);
    const down = axis(this.down, y, "left").innerTickSize(left - right).outerTickSize(0).tickPadding(6);
    const across = axis(this.across, x, "bottom").innerTickSize(4).outerTickSize(0).tickPadding(5);
    d3.select(svg).append("g").attr({class: "axis left", transform: `translate(${left} 0)`}).call(down);
    const below = d3.select(svg).append("g").attr({class: "axis bottom", transform: `translate(0 ${bottom})`}).call(across);
    let free = -Infinity;
    below.selectAll("text").filter(value => {  // no word on another one, or beyond the edge
      const at = this.across(value), half = text_width(x.text(value), 12) / 2;
      if (at - half < free || at + half > right + 8) return true;
      free = at + half + 6;
      return false;
    }).remove();
    if (x.title) svg.append(shape("text", {x: (left + right) / 2, y: bottom + 36, "text-anchor": "middle"}, x.title));
    if (y.title) svg.append(shape("text", {transform: `translate(13 ${(top + bottom) / 2}) rotate(-90)`, "text-anchor": "middle"}, y.title));
  }
  level(value) {
    const [low, high] = this.down.domain();
    if (value > low && value < high)
      this.svg.append(shape("line", {class: "level", x1: this.left, x2: this.right, y1: this.down(value), y2: this.down(value)}));
  }
  // A curve, broken where a value is null. @returns its points, for follow().
  curve(xs, ys, colour, size) {
    const places = ys.map((y, n) => y === null ? null : {x: this.across(xs[n]), y: this.down(y), n});
    const line = d3.svg.line().defined(at => at !== null).x(at => at.x.toFixed(1)).y(at => at.y.toFixed(1));
    this.svg.append(shape("path", {class: "curve", d: line(places) || "", style: `stroke:${colour}`}));
    const points = places.filter(at => at !== null);
    for (const {x, y} of points) this.svg.append(shape("circle", {cx: x, cy: y, r: size, style: `fill:${colour}`}));
    return points;
  }
  error_bar(x, y, error, colour) {
    const cut = v => Math.min(Math.max(v, this.top), this.bottom), v = this.across(x);
    const high = cut(this.down(y + error)), low = cut(this.down(y - error));
    this.svg.append(shape("path", {class: "bar", d: `M${v} ${low}V${high}M${v - 3} ${high}h6M${v - 3} ${low}h6`, style: `stroke:${colour}`}));
  }
  // A hollow triangle, at the panel's edge when the value lies beyond it.
  triangle(x, y, colour) {
    const at = {x: this.across(x), y: Math.min(Math.max(this.down(y), this.top), this.bottom)};
    this.svg.append(shape("path", {class: "bar", d: `M${at.x - 5} ${at.y + 4}h10l-5 -9z`, style: `stroke:${colour}`}));
    return at;
  }
}
const left_margin = axis => Math.max(...axis.values.map(value => text_width(axis.text(value), 12)), 10) + 30;

// Names beside their marks, in as many lines as they need. @returns the height.
function draw_legend(svg, width, entries) {
  let x = 4, y = 12;
  const legend = shape("g", {class: "legend"});
  for (const {name, colour, hollow} of entries) {
    const wide = 30 + text_width(name, 12);
    if (x > 4 && x + wide > width) { x = 4; y += 18; }
    const style = `stroke:${colour}`;
    legend.append(hollow ? shape("path", {class: "bar", d: `M${x + 3} ${y + 4}h10l-5 -9z`, style})
                         : shape("path", {class: "curve", d: `M${x} ${y}h16`, style}),
                  shape("text", {x: x + 21, y: y + 4}, name));
    x += wide + 10;
  }
  svg.append(legend);
  return y + 12;
}

// Shows what stands nearest to the pointer: targets {x, y, text}.
const tip = $("tip");
function show_tip(text, event) {
  tip.hidden = false;
  tip.textContent = text;
  const {width, height} = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 4))}px`;
  tip.style.top = `${event.clientY + height + 24 > innerHeight ? event.clientY - height - 12 : event.clientY + 16}px`;
}
function follow(svg, targets, choose) {
  const ring = shape("circle", {class: "ring", r: 7, visibility: "hidden"});
  svg.append(ring);
  const nearest = event => {
    const box = svg.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    let found = null, least = 30 * 30;
    for (const target of targets) {
      const distance = (target.x - x) ** 2 + (target.y - y) ** 2;
      if (distance < least) { least = distance; found = target; }
    }
    return found;
  };
  svg.onpointermove = event => {
    const target = nearest(event);
    ring.setAttribute("visibility", target ? "visible" : "hidden");
    if (!target) { tip.hidden = true; return; }
    ring.setAttribute("cx", target.x);
    ring.setAttribute("cy", target.y);
    show_tip(target.text, event);
  };
  svg.onpointerleave = () => { tip.hidden = true; ring.setAttribute("visibility", "hidden"); };
  if (choose) svg.onclick = event => { const target = nearest(event); if (target) choose(target); };
}

// ---- colours around zero ---------------------------------------------------
const theme = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const rgb_of = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
// A magnitude's place among all: each shade has as many cells, so that none is
// saturated and few are pale, however far the values spread.
function colour_scale(values) {
  const sizes = Float64Array.from(values, Math.abs).sort(), last = sizes.length - 1;
  const stops = ["lowest", "low", "zero", "high", "highest"].map(name => rgb_of(theme(name)));
  const position = value => {  // -1 to 1
    if (last < 1) return Math.sign(value);
    const size = Math.abs(value);
    let low = 0, high = last;
    while (low < high) { const middle = (low + high) >> 1; if (sizes[middle] < size) low = middle + 1; else high = middle; }
    const step = low > 0 && sizes[low] > sizes[low - 1] ? Math.min(Math.max((sizes[low] - size) / (sizes[low] - sizes[low - 1]), 0), 1) : 0;
    return Math.sign(value) * (low - step) / last;
  };
  const shade = d3.scale.linear().domain([-1, -0.5, 0, 0.5, 1]).range(stops).clamp(true);
  const colour_at = at => shade(at).map(Math.round);
  return {sizes, position, colour_at, colour: value => colour_at(position(value))};
}
function scale_ticks({sizes, position}) {
  const ticks = [{at: 0, text: "0"}], limit = sizes[sizes.length - 1];
  const add = size => {
    const apart = ticks.every(({at}) => Math.abs(Math.abs(at) - position(size)) > 0.08);
    const text = short_number(size, Math.max(0, -Math.floor(Math.log10(size) + 1e-9)));
    if (apart) ticks.push({at: position(size), text}, {at: -position(size), text: "−" + text});
  };
  if (!(limit > 0)) return ticks;
  const digit = 10 ** Math.floor(Math.log10(limit));
  add(Math.floor(limit / digit) * digit);
  for (const times of [1, 3, 2, 5])  // the roundest first
    for (let n = Math.floor(Math.log10(limit)); n > Math.log10(limit) - 6; --n) if (times * 10 ** n < limit) add(times * 10 ** n);
  return ticks;
}
// A picture of one pixel a cell.
function pixels(width, height, colour) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, {width, height});
  const context = canvas.getContext("2d"), image = context.createImageData(width, height);
  for (let y = 0, at = 0; y < height; ++y) for (let x = 0; x < width; ++x, at += 4) image.data.set([...colour(x, y), 255], at);
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
