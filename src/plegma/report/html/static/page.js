"use strict";
(() => {
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const data = (id) => { const found = document.getElementById(id); return found ? JSON.parse(found.textContent) : null; };
  const words = data("page-words");
  const language = () => (root.lang === "ja" ? 1 : 0);
  const say = (key, ...values) => words[key][language()].replace(/\{(\d)\}/g, (_, n) => values[n]);
  const whenSpoken = [];

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const keep = (key, value) => { try { localStorage.setItem("plegma-" + key, value); } catch { /* a page from disk may not keep */ } };
  const kept = (key) => { try { return localStorage.getItem("plegma-" + key); } catch { return null; } };
  const announce = (text) => { $(".announce").textContent = text; };

  // Language: the style shows what the root's lang names; labels that are attributes are set here.
  const speak = (code) => {
    root.lang = code;
    for (const button of $$("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === code));
    for (const labelled of $$("[data-label-en]")) labelled.setAttribute("aria-label", labelled.dataset[code === "ja" ? "labelJa" : "labelEn"]);
    for (const title of $$("[data-title-en]")) title.textContent = title.dataset[code === "ja" ? "titleJa" : "titleEn"];
    const headline = $("#headline ." + code) || $("#headline");
    document.title = headline.textContent + " · plegma";
    for (const told of whenSpoken) told();
  };

  // Light or dark: the system's, until the reader chooses.
  const themes = ["auto", "light", "dark"];
  const paint = (theme) => { if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme; };
  paint(kept("theme") || "auto");

  const copied = async (button) => {
    try { await navigator.clipboard.writeText(button.dataset.copy); } catch {
      const area = element("textarea", { readonly: "" });
      area.value = button.dataset.copy;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    announce(say("copied"));
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.language) { speak(button.dataset.language); }
    else if (button.classList.contains("copy")) copied(button);
    else if (button.classList.contains("theme")) {
      const next = themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % themes.length];
      paint(next); keep("theme", next); announce(say("theme-" + next));
    }
  });

  // What a link leads to is opened first, so that it can be seen.
  const openFor = (id) => {
    const target = document.getElementById(id);
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    return target;
  };

  // Evidence: only the rows around the reader are in the document; filters work on the data.
  const unpacked = async (id) => {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
    return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text());
  };
  let evidence = null;
  const browse = (store) => {
    const list = $("#rows"), shown = $("#shown");
    const CHUNK = 60;
    const [ARTIFACT, LINE, TEXT, ENTITY, MODES, TIME, COUNT, SHAPE, BEFORE, AFTER] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const search = $("#filter-text"), fold = $("#fold");
    const selects = { entity: $("#filter-entity"), layer: $("#filter-layer"), mode: $("#filter-mode") };
    const lowered = store.rows.map((row) => (store.artifacts[row[ARTIFACT]] + ":" + row[LINE] + " " + row[TEXT] + " " + row[MODES].join(" ")).toLowerCase());
    let groups = [], from = 0, to = 0, found = -1;
    const title = (mode) => store.modes[mode][1 + language()];

    const choices = () => {
      const fill = (select, pairs) => {
        const chosen = select.value;
        select.replaceChildren(element("option", { value: "" }, say("all")), ...pairs.map(([value, text]) => element("option", { value }, text)));
        select.value = chosen;
      };
      fill(selects.entity, store.entities.map((name, n) => [String(n), name]).filter(([, name]) => name).sort((a, b) => (a[1] < b[1] ? -1 : 1)));
      fill(selects.layer, Object.entries(store.layers).map(([layer, names]) => [layer, names[language()]]));
      fill(selects.mode, Object.keys(store.modes).map((mode) => [mode, title(mode)]));
    };

    const fits = () => {
      const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const { entity, layer, mode } = selects;
      const kept = [];
      store.rows.forEach((row, n) => {
        if (entity.value && row[ENTITY] !== Number(entity.value)) return;
        if (mode.value && !row[MODES].includes(mode.value)) return;
        if (layer.value && !row[MODES].some((m) => store.modes[m][0] === layer.value)) return;
        if (wanted.every((word) => lowered[n].includes(word))) kept.push(n);
      });
      return kept;
    };

    const grouped = (kept) => {
      const made = [];
      for (const n of kept) {
        const last = made[made.length - 1], row = store.rows[n];
        const same = last && fold.checked && store.rows[last[0]][SHAPE] === row[SHAPE] && store.rows[last[0]][ARTIFACT] === row[ARTIFACT];
        if (same) last.push(n); else made.push([n]);
      }
      return made;
    };

    const marked = (text) => {
      const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      if (!wanted.length) return [text];
      const pattern = new RegExp("(" + wanted.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|") + ")", "ig");
      return text.split(pattern).map((piece, n) => (n % 2 ? element("mark", {}, piece) : piece));
    };

    const drawnRow = (n, group) => {
      const row = store.rows[n];
      const item = element("li", { class: "row" + (n === found ? " found" : ""), id: "line-" + (n + 1), tabindex: "-1" });
      const meta = element("div", { class: "meta" }, element("span", { class: "where" }, store.artifacts[row[ARTIFACT]] + ":" + row[LINE]));
      if (row[TIME]) meta.append(element("span", {}, row[TIME]));
      if (row[COUNT] > 1) meta.append(element("span", { class: "times" }, say("times", row[COUNT].toLocaleString("en"))));
      if (store.entities[row[ENTITY]]) meta.append(element("span", {}, store.entities[row[ENTITY]]));
      for (const mode of row[MODES].slice(0, 3)) meta.append(element("span", { class: "layer layer-" + store.modes[mode][0] }, title(mode)));
      item.append(meta, element("div", { class: "text" }, ...marked(row[TEXT])));
      if (row[BEFORE].length || row[AFTER].length) {
        const [button, around] = contextOf(row, n === found);
        meta.append(button);
        item.append(around);
      }
      if (group && group.length > 1) item.append(unfolder(item, group));
      return item;
    };

    const contextOf = (row, open) => {
      const first = row[LINE] - row[BEFORE].length;
      const around = element("div", { class: "around" });
      [...row[BEFORE], row[TEXT], ...row[AFTER]].forEach((text, i) => {
        const line = (first + i) + "  " + text + "\n";
        around.append(i === row[BEFORE].length ? element("b", {}, line) : line);
      });
      around.hidden = !open;
      const button = element("button", { type: "button", "aria-expanded": String(open) }, say("context"));
      button.addEventListener("click", () => { around.hidden = !around.hidden; button.setAttribute("aria-expanded", String(!around.hidden)); });
      return [button, around];
    };

    const unfolder = (item, group) => {
      const button = element("button", { type: "button", "aria-expanded": "false" }, say("folded", (group.length - 1).toLocaleString("en")));
      button.addEventListener("click", () => {
        const at = groups.indexOf(group);
        if (at < 0) return;
        groups.splice(at, 1, ...group.map((n) => [n]));
        to = Math.min(to + group.length - 1, at + CHUNK);
        draw(from, Math.max(to, at + 1));
        const first = document.getElementById("line-" + (group[1] + 1));
        if (first) first.focus();
      });
      return element("div", {}, button);
    };

    const watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) (entry.target.dataset.way === "later" ? later : earlier)();
    }, { rootMargin: "600px 0px" });
    const mover = (way) => {
      const button = element("button", { type: "button", class: "more", "data-way": way }, say(way));
      button.addEventListener("click", way === "later" ? later : earlier);
      return element("li", { class: "mover" }, button);
    };
    const movers = () => {
      watcher.disconnect();
      for (const old of $$(".mover", list)) old.remove();
      if (from > 0) list.prepend(mover("earlier"));
      if (to < groups.length) { const last = mover("later"); list.append(last); watcher.observe(last.firstChild); }
    };
    function later() {
      const next = Math.min(to + CHUNK, groups.length);
      const last = $(".mover [data-way=later]", list);
      const made = document.createDocumentFragment();
      for (const group of groups.slice(to, next)) made.append(drawnRow(group[0], group));
      if (last) last.parentElement.before(made); else list.append(made);
      to = next;
      movers();
    }
    function earlier() {
      const next = Math.max(from - CHUNK, 0);
      const made = document.createDocumentFragment();
      for (const group of groups.slice(next, from)) made.append(drawnRow(group[0], group));
      const first = $(".row", list);
      if (first) first.before(made); else list.append(made);
      from = next;
      movers();
    }
    function draw(begin, end) {
      from = Math.max(begin, 0); to = Math.min(end, groups.length);
      list.replaceChildren(...groups.slice(from, to).map((group) => drawnRow(group[0], group)));
      if (!groups.length) list.replaceChildren(element("li", { class: "row faint" }, say("none")));
      movers();
    }
    const refresh = () => {
      const kept = fits();
      groups = grouped(kept);
      shown.textContent = say("shown", kept.length.toLocaleString("en"), store.rows.length.toLocaleString("en"));
      draw(0, CHUNK);
    };
    const show = (n) => {
      if (n < 0 || n >= store.rows.length) return;
      found = n;
      search.value = "";
      for (const select of Object.values(selects)) select.value = "";
      groups = grouped(fits());
      let at = groups.findIndex((group) => group.includes(n));
      if (groups[at][0] !== n) { groups.splice(at, 1, ...groups[at].map((m) => [m])); at = groups.findIndex((group) => group[0] === n); }
      shown.textContent = say("shown", store.rows.length.toLocaleString("en"), store.rows.length.toLocaleString("en"));
      draw(at - 20, at + CHUNK);
      const row = document.getElementById("line-" + (n + 1));
      row.scrollIntoView({ block: "center", behavior: "instant" });
      row.focus({ preventScroll: true });
    };
    search.addEventListener("input", refresh);
    fold.addEventListener("change", refresh);
    for (const select of Object.values(selects)) select.addEventListener("change", refresh);
    $(".filters").addEventListener("submit", (event) => event.preventDefault());
    whenSpoken.push(() => { choices(); refresh(); });
    choices();
    refresh();
    return { show };
  };

  // Timeline: all rows show the same window of time; zooming moves their view boxes and writes the axis anew.
  (() => {
    const chart = $(".timeline");
    if (!chart) return;
    const span = Number(chart.dataset.span), begins = Number(chart.dataset.begins), offset = Number(chart.dataset.offset);
    const onset = "onset" in chart.dataset ? Number(chart.dataset.onset) : null;
    const rows = $$(".bars", chart), axis = $(".axis", chart);
    const STEPS = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 31536000, 94608000, 315360000];
    const LEAST = Math.min(30, span);
    let from = 0, wide = span;
    const two = (n) => String(n).padStart(2, "0");
    const label = (seconds, step) => {
      const at = new Date((begins + seconds + offset) * 1000);
      const day = two(at.getUTCMonth() + 1) + "-" + two(at.getUTCDate());
      const year = chart.dataset.dated ? at.getUTCFullYear() + "-" : "";
      const time = two(at.getUTCHours()) + ":" + two(at.getUTCMinutes());
      return step >= 86400 ? year + day : step >= 60 ? day + " " + time : time + ":" + two(at.getUTCSeconds());
    };
    const clock = (seconds) => new Date((begins + offset + seconds) * 1000).toISOString().slice(chart.dataset.dated ? 0 : 5, 19).replace("T", " ");
    for (const bar of $$(".bars [class^=bar-] > *", chart)) {
      const lasts = bar.tagName === "rect";
      const start = Number(lasts ? bar.getAttribute("x") : bar.getAttribute("d").slice(1).split(" ")[0]);
      const stop = start + Number(lasts ? bar.getAttribute("width") : 0);
      const when = clock(start) + (lasts ? " – " + (stop < Number(chart.dataset.end) ? clock(stop) : "") : "");
      const title = $("title", bar) || bar.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "title"));
      const timed = (text) => (text ? text + " · " : "") + when;
      for (const key of ["titleEn", "titleJa"]) if (key in title.dataset) title.dataset[key] = timed(title.dataset[key]);
      title.textContent = timed(title.textContent);
    }
    const drawAxis = () => {
      const most = Math.max(2, Math.min(7, Math.floor(axis.clientWidth / 105)));
      const step = STEPS.find((s) => wide / s <= most) || STEPS[STEPS.length - 1];
      const local = begins + offset + from;
      const made = document.createDocumentFragment();
      const svg = (name, attributes, text) => {
        const node = document.createElementNS("http://www.w3.org/2000/svg", name);
        for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
        if (text) node.textContent = text;
        made.append(node);
      };
      for (let at = Math.ceil(local / step) * step - local; at <= wide; at += step) {
        const x = (at / wide) * 100 + "%";
        svg("line", { x1: x, x2: x, y1: 26, y2: 34 });
        const share = at / wide;
        svg("text", { x, y: 20, "text-anchor": share < 0.06 ? "start" : share > 0.94 ? "end" : "middle" }, label(from + at, step));
      }
      axis.replaceChildren(made);
    };
    const view = (start, width) => {
      wide = Math.min(span, Math.max(LEAST, width));
      from = Math.min(span - wide, Math.max(0, start));
      for (const row of rows) row.setAttribute("viewBox", from + " 0 " + wide + " " + row.getAttribute("height"));
      chart.dataset.from = String(from);
      chart.dataset.wide = String(wide);
      drawAxis();
      const step = wide > 172800 ? 86400 : wide > 600 ? 60 : 1;
      $("#range").textContent = say("range", label(from, step), label(from + wide, step));
    };
    const around = (share, factor) => view(from + wide * share * (1 - factor), wide * factor);
    const ways = {
      in: () => around(0.5, 0.5), out: () => around(0.5, 2), left: () => view(from - wide / 4, wide), right: () => view(from + wide / 4, wide),
      whole: () => view(0, span), end: () => view(Number(chart.dataset.end) - 3600, 3600 * 1.05), onset: () => view(onset - span / 24, span / 12),
    };
    const keys = { "+": "in", "=": "in", "-": "out", ArrowLeft: "left", ArrowRight: "right", 0: "whole", Home: "whole", End: "end" };
    for (const button of $$("[data-zoom]")) button.addEventListener("click", () => ways[button.dataset.zoom]());
    chart.addEventListener("keydown", (event) => {
      const way = keys[event.key];
      if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      ways[way]();
    });
    const shareOf = (event) => { const box = rows[0] ? event.target.closest(".bars").getBoundingClientRect() : null; return (event.clientX - box.left) / box.width; };
    chart.addEventListener("wheel", (event) => {
      const bars = event.target.closest(".bars");
      if (!bars || !(event.ctrlKey || event.metaKey || document.activeElement === chart)) return;
      event.preventDefault();
      around(shareOf(event), event.deltaY > 0 ? 1.25 : 0.8);
    }, { passive: false });
    let held = null, moved = false;
    chart.addEventListener("pointerdown", (event) => {
      const bars = event.target.closest(".bars");
      if (bars && event.button === 0) { held = { x: event.clientX, from, width: bars.clientWidth, bars }; moved = false; }
    });
    addEventListener("pointermove", (event) => {
      if (!held) return;
      const way = event.clientX - held.x;
      if (Math.abs(way) > 3) { moved = true; held.bars.classList.add("moving"); }
      if (moved) view(held.from - (way / held.width) * wide, wide);
    });
    addEventListener("pointerup", () => { if (held) held.bars.classList.remove("moving"); held = null; });
    chart.addEventListener("click", (event) => {
      const bar = event.target.closest("[data-line]");
      if (bar && !moved) { history.pushState(null, "", "#line-" + bar.dataset.line); follow(); }
    });
    addEventListener("resize", drawAxis);
    view(0, span);
    whenSpoken.push(() => view(from, wide));
  })();

  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    const line = /^line-(\d+)$/.exec(id);
    if (line && evidence) evidence.show(Number(line[1]) - 1);
    else if (id) openFor(id);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const id = link.getAttribute("href").slice(1);
    const line = /^line-(\d+)$/.exec(id);
    if (line && evidence) {
      event.preventDefault();
      history.pushState(null, "", "#" + id);
      evidence.show(Number(line[1]) - 1);
    } else openFor(id);
  });

  // The list of sections says where the reader is.
  const links = new Map($$(".bar nav a").map((link) => [link.getAttribute("href").slice(1), link]));
  const places = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const link = links.get(entry.target.id);
      if (entry.isIntersecting) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-45% 0px -50% 0px" });
  for (const id of links.keys()) places.observe(document.getElementById(id));

  speak(root.lang);
  unpacked("evidence-rows").then((store) => { if ($("#rows")) evidence = browse(store); root.dataset.ready = ""; performance.mark("ready"); follow(); });
  window.addEventListener("hashchange", follow);
  window.addEventListener("popstate", follow);
})();
