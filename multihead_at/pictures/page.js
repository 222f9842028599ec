"use strict";

// Draws the relations of each document as arcs above its text, and filters documents. Without it a page shows
// the same text and boxes, and relations as lists.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  // In pixels: from one arc to the next, from the lowest to the boxes, and around an arc's label.
  const LEVEL = 19;
  const CLEARANCE = 15;
  const GAP = 8;
  const CORNER = 6;
  const LONGEST_NAME = 24;

  document.documentElement.classList.add("with-script");
  const pen = document.createElement("canvas").getContext("2d");
  const drawings = [...document.querySelectorAll(".drawing")].map(readDrawing);

  function readDrawing(root) {
    const text = root.querySelector(".text");
    const boxes = [...text.querySelectorAll(".entity")];
    const arcs = [...root.querySelectorAll(".relations li")].map((item) => ({
      item,
      head: Number(item.dataset.head),
      tail: Number(item.dataset.tail),
    }));
    const svg = create("svg", { class: "arcs", "aria-hidden": "true" });
    if (arcs.length) root.append(svg);
    return { root, text, boxes, arcs, svg };
  }

  function create(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // Where the boxes lie, relative to the drawing, and on which line.
  function measure(drawing) {
    const origin = drawing.root.getBoundingClientRect();
    let line = -1;
    let bottom = -Infinity;
    const boxes = drawing.boxes.map((box) => {
      const rect = box.getBoundingClientRect();
      if (rect.bottom - bottom > rect.height / 2) line += 1;
      bottom = rect.bottom;
      return {
        left: rect.left - origin.left,
        right: rect.right - origin.left,
        top: rect.top - origin.top,
        line,
      };
    });
    return { boxes, width: origin.width, rtl: getComputedStyle(drawing.text).direction === "rtl" };
  }

  // An arc within a line is one segment; between two lines it is two, each of which leads to the line's end
  // and says there where it goes on.
  function segmentsOf(drawing, { boxes, width, rtl }) {
    const segments = [];
    drawing.arcs.forEach((arc) => {
      const [head, tail] = [boxes[arc.head], boxes[arc.tail]];
      const label = arc.item.dataset.label;
      if (head.line === tail.line) {
        segments.push({ arc, line: head.line, label, ends: [end(head, true), end(tail, false)] });
        return;
      }
      const edges = head.line < tail.line !== rtl ? [width, 0] : [0, width];
      const names = [arc.tail, arc.head].map((place) => nameOf(drawing.boxes[place], width));
      segments.push(
        { arc, line: head.line, label: `${label} \u2192 ${names[0]}`, ends: [end(head, true)], edge: edges[0] },
        { arc, line: tail.line, label: `${label} \u2190 ${names[1]}`, ends: [end(tail, false)], edge: edges[1] },
      );
    });
    segments.forEach((segment) => {
      segment.half = pen.measureText(segment.label).width / 2 + GAP;
      if (segment.edge !== undefined) makeRoom(segment, width);
      place(segment, width);
    });
    return segments;
  }

  // Where the line's end is nearer than the label is long, the label would cover what leads down to the box: it
  // goes to the other side, as a flag.
  function makeRoom(segment, width) {
    const { x } = segment.ends[0];
    const needed = 2 * segment.half + 2 * CORNER;
    if (Math.abs(segment.edge - x) >= needed) return;
    const other = segment.edge > x ? x - needed : x + needed;
    if (other >= 0 && other <= width) segment.edge = other;
  }

  function end(box, isHead) {
    return { box, isHead, x: (box.left + box.right) / 2 };
  }

  // In an isolate, so that a name in another script leaves label and arrow where they are.
  function nameOf(box, width) {
    const longest = Math.min(LONGEST_NAME, Math.round(width / 30));
    const name = box.textContent.replace(/\s+/g, " ").trim();
    const characters = [...name];
    const short = characters.length > longest ? `${characters.slice(0, longest - 1).join("")}\u2026` : name;
    return `\u2068${short}\u2069`;
  }

  // From where to where a segment and its label reach.
  function place(segment, width) {
    const xs = segment.ends.map(({ x }) => x);
    if (segment.edge !== undefined) xs.push(segment.edge);
    segment.left = Math.min(...xs);
    segment.right = Math.max(...xs);
    const middle = (segment.left + segment.right) / 2;
    segment.middle = Math.min(Math.max(middle, segment.half), Math.max(width - segment.half, segment.half));
    segment.from = Math.min(segment.left, segment.middle - segment.half);
    segment.to = Math.max(segment.right, segment.middle + segment.half);
  }

  // Short arcs lie low, and each above those that it spans.
  function stack(segments) {
    const placed = [];
    [...segments]
      .sort((one, other) => one.right - one.left - (other.right - other.left))
      .forEach((segment) => {
        const below = placed.filter((other) => other.from < segment.to && segment.from < other.to);
        segment.level = below.reduce((level, other) => Math.max(level, other.level + 1), 0);
        placed.push(segment);
      });
    return placed.reduce((levels, segment) => Math.max(levels, segment.level + 1), 0);
  }

  // Spreads the ends of arcs over a box so that no arc crosses another one's end there.
  function spread(segments, width) {
    const endsOf = new Map();
    segments.forEach((segment) =>
      segment.ends.forEach((one) => {
        const other = segment.ends.find((another) => another !== one);
        const target = other ? other.x : segment.edge;
        const loops = other && other.box === one.box;
        const goesLeft = loops ? !one.isHead : target < one.x;
        if (!endsOf.has(one.box)) endsOf.set(one.box, []);
        endsOf.get(one.box).push({ one, key: goesLeft ? segment.level - 1e6 : 1e6 - segment.level });
      }),
    );
    endsOf.forEach((ends, box) => {
      const step = Math.min(14, (box.right - box.left - 8) / ends.length);
      const centre = (box.left + box.right) / 2;
      ends.sort((first, second) => first.key - second.key);
      ends.forEach(({ one }, index) => (one.x = centre + (index - (ends.length - 1) / 2) * step));
    });
    segments.forEach((segment) => place(segment, width));
  }

  function byLine(segments) {
    const lines = new Map();
    segments.forEach((segment) => {
      if (!lines.has(segment.line)) lines.set(segment.line, []);
      lines.get(segment.line).push(segment);
    });
    return lines;
  }

  function outline({ ends, edge, left, right }, y, corner) {
    const bottom = (x) => ends.find((one) => one.x === x).box.top - 1;
    const isOpen = (x) => edge === x;
    const start = isOpen(left) ? `M${left} ${y}` : `M${left} ${bottom(left)}V${y + corner}Q${left} ${y} ${left + corner} ${y}`;
    const stop = isOpen(right) ? `H${right}` : `H${right - corner}Q${right} ${y} ${right} ${y + corner}V${bottom(right)}`;
    return start + stop;
  }

  function draw(drawing, segments, boxes) {
    const groups = drawing.arcs.map(({ item }, index) =>
      create("g", { class: `arc ${item.className}`.trim(), "data-relation": index }, create("title", {}, item.title)),
    );
    const heights = groups.map(() => 0);
    segments.forEach((segment) => {
      const lineTop = Math.min(...boxes.filter((box) => box.line === segment.line).map((box) => box.top));
      const y = lineTop - CLEARANCE - segment.level * LEVEL;
      const corner = Math.min(CORNER, (segment.right - segment.left) / 2);
      const path = outline(segment, y, corner);
      const parts = [create("path", { class: "grip", d: path }), create("path", { d: path })];
      segment.ends
        .filter(({ isHead }) => !isHead)
        .forEach(({ x, box }) => parts.push(create("path", { class: "tip", d: `M${x - 4} ${box.top - 8}h8l-4 7z` })));
      // The ground of the label, as wide as its text: the line must not show between its letters.
      const half = segment.half - GAP + 2;
      parts.push(
        create("rect", { x: segment.middle - half, y: y - 8, width: 2 * half, height: 16 }),
        create("text", { x: segment.middle, y }, segment.label),
      );
      const index = drawing.arcs.indexOf(segment.arc);
      groups[index].append(...parts);
      heights[index] = Math.max(heights[index], segment.level);
    });
    // The lowest on top: its label covers the ends of higher arcs that pass behind it.
    const order = [...groups.keys()].sort((one, other) => heights[other] - heights[one]);
    drawing.svg.replaceChildren(...order.map((index) => groups[index]));
    drawing.groups = groups;
  }

  // All is read before anything is written, so that the browser lays the page out twice, however long it is:
  // once for the lines, once with room above them.
  function redraw(some) {
    const visible = some.filter(({ root, arcs }) => arcs.length && root.offsetParent !== null);
    visible.forEach(({ boxes }) => boxes.forEach((box) => (box.style.marginTop = "")));
    const layouts = visible.map((drawing) => {
      const places = measure(drawing);
      const segments = segmentsOf(drawing, places);
      const lines = byLine(segments);
      lines.forEach(stack);
      spread(segments, places.width);
      const levels = new Map([...lines].map(([line, ofLine]) => [line, stack(ofLine)]));
      return { drawing, places, segments, levels };
    });
    layouts.forEach(({ drawing, places, levels }) =>
      levels.forEach((count, line) => {
        const room = `${CLEARANCE + count * LEVEL - 4}px`;
        drawing.boxes.forEach((box, index) => {
          if (places.boxes[index].line === line) box.style.marginTop = room;
        });
      }),
    );
    const measured = layouts.map(({ drawing }) => measure(drawing).boxes);
    layouts.forEach(({ drawing, places, segments }, index) => {
      // Lines and places along them are as before: only the tops have moved.
      places.boxes.forEach((box, number) => (box.top = measured[index][number].top));
      draw(drawing, segments, places.boxes);
    });
  }

  // Pointing at a box or an arc shows what belongs to it.
  function light(drawing, places) {
    const touched = new Set(places.boxes);
    drawing.groups.forEach((group, index) => {
      const { head, tail } = drawing.arcs[index];
      const isOn = places.arc === undefined ? touched.has(head) || touched.has(tail) : places.arc === index;
      group.classList.toggle("on", isOn);
      if (isOn) [head, tail].forEach((place) => places.boxes.push(place));
    });
    drawing.boxes.forEach((box, index) => box.classList.toggle("on", places.boxes.includes(index)));
    drawing.root.classList.add("hot");
  }

  drawings
    .filter(({ arcs }) => arcs.length)
    .forEach((drawing) => {
      drawing.root.addEventListener("pointerover", ({ target }) => {
        const group = target.closest(".arc");
        const box = target.closest(".entity");
        drawing.root.classList.remove("hot");
        if (group) light(drawing, { boxes: [], arc: drawing.groups.indexOf(group) });
        else if (box) light(drawing, { boxes: [drawing.boxes.indexOf(box)] });
      });
      drawing.root.addEventListener("pointerleave", () => drawing.root.classList.remove("hot"));
    });

  // The filter: a document is shown if it holds what is searched for, and something of a chosen type that
  // went wrong in a chosen way.
  const articles = [...document.querySelectorAll(".document")].map((article) => ({
    article,
    drawings: drawings.filter(({ root }) => article.contains(root)),
    text: [article.querySelector("h2"), ...article.querySelectorAll(".text")]
      .map((one) => one.textContent)
      .join("\n")
      .toLowerCase(),
  }));
  const keys = [...document.querySelectorAll(".key")];
  const search = document.querySelector(".search input");
  const shown = document.querySelector(".shown");
  const clear = document.querySelector(".clear");

  function chosen() {
    const pressed = keys.filter((key) => key.getAttribute("aria-pressed") === "true");
    const types = new Set();
    const outcomes = new Set();
    pressed.forEach(({ dataset }) =>
      dataset.group === "outcome" ? outcomes.add(dataset.name) : types.add(`${dataset.group} ${dataset.name}`),
    );
    const isAny = !types.size && !outcomes.size;
    const fits = ({ dataset }) =>
      (!types.size || types.has(`${dataset.kind} ${dataset.type}`)) &&
      (outcomes.size ? outcomes.has(dataset.outcome) : dataset.outcome !== "right");
    return { isAny, fits };
  }

  function filter() {
    const { isAny, fits } = chosen();
    const words = search.value.trim().toLowerCase();
    let count = 0;
    articles.forEach(({ article, drawings: ofArticle, text }) => {
      const items = ofArticle.flatMap(({ boxes, arcs }) => [...boxes, ...arcs.map(({ item }) => item)]);
      const isShown = (isAny || items.some(fits)) && text.includes(words);
      items.forEach((item) => item.classList.toggle("dim", !isAny && !fits(item)));
      article.hidden = !isShown;
      count += isShown;
    });
    const isFiltering = !isAny || words !== "";
    document.documentElement.classList.toggle("filtering", !isAny);
    shown.textContent = isFiltering ? `${count} of ${articles.length} documents` : `${articles.length} documents`;
    clear.hidden = !isFiltering;
    redraw(drawings);
  }

  if (search) {
    keys.forEach((key) =>
      key.addEventListener("click", () => {
        key.setAttribute("aria-pressed", String(key.getAttribute("aria-pressed") !== "true"));
        filter();
      }),
    );
    search.addEventListener("input", filter);
    clear.addEventListener("click", () => {
      keys.forEach((key) => key.setAttribute("aria-pressed", "false"));
      search.value = "";
      filter();
    });
  }

  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  // A browser that goes back to the page may have kept what was typed.
  if (search) filter();
  let width = document.documentElement.clientWidth;
  window.addEventListener("resize", () => {
    if (document.documentElement.clientWidth === width) return;
    width = document.documentElement.clientWidth;
    requestAnimationFrame(() => redraw(drawings));
  });
})();
