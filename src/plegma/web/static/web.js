// Everything here makes easier what works without it: dropping, progress, copying.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const words = JSON.parse($("#words").textContent);
  const say = (key, ...values) => words[key].replace(/\{(\d)\}/g, (_, n) => values[n]);
  const keep = (key, value) => { try { localStorage.setItem("plegma-" + key, value); } catch { /* private windows may refuse */ } };
  const kept = (key) => { try { return localStorage.getItem("plegma-" + key); } catch { return null; } };
  root.classList.add("scripted");
  for (const element of document.querySelectorAll(".drop-here, .folder, .theme, .copy-link")) element.hidden = false;

  const themes = ["auto", "light", "dark"];
  const paint = (theme) => { if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme; };
  paint(kept("theme") || "auto");
  $(".theme").addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % themes.length];
    paint(next); keep("theme", next);
  });
  for (const link of document.querySelectorAll("a[data-language]")) link.addEventListener("click", () => keep("language", link.dataset.language));

  const form = $(".hand-in");
  if (form) handIn(form);
  const way = $(".under-way");
  if (way) follow(way);
  const copy = $(".copy-link");
  if (copy) copy.addEventListener("click", async () => {
    const field = $("#link"); field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    copy.textContent = say("COPIED");
  });
  const remove = $("form.delete");
  if (remove) remove.addEventListener("submit", (event) => { if (!confirm(say("REALLY"))) event.preventDefault(); });

  function handIn(form) {
    const drop = $(".drop", form), chosen = $(".chosen", form), back = $(".said-back", form), bar = $("progress", form);
    const submit = $("button[type=submit]", form);
    let found = []; // [File, path as the person sees it]
    const size = (bytes) => bytes >= 1048576 ? (bytes / 1048576).toFixed(1) + " MiB" : Math.ceil(bytes / 1024) + " KiB";
    const complain = (text) => { back.textContent = text; back.classList.toggle("wrong", Boolean(text)); };

    const show = () => {
      chosen.hidden = !found.length;
      $("p", chosen).textContent = say("CHOSEN", found.length, size(found.reduce((sum, [file]) => sum + file.size, 0)));
      const list = $("ul", chosen); list.replaceChildren();
      for (const [, path] of found.slice(0, 50)) { const item = document.createElement("li"); item.textContent = path; list.append(item); }
      complain("");
    };
    const add = (files) => { found = found.concat([...files].map((file) => [file, file.webkitRelativePath || file.name])); show(); };
    for (const input of form.querySelectorAll("input[type=file]")) input.addEventListener("change", () => { add(input.files); input.value = ""; });
    $(".clear", form).addEventListener("click", () => { found = []; show(); });

    for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) document.addEventListener(name, (event) => { if (name === "drop" || !event.relatedTarget) drop.classList.remove("over"); });
    document.addEventListener("drop", async (event) => {
      event.preventDefault();
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
      const files = [...event.dataTransfer.files];
      const text = event.dataTransfer.getData("text/plain");
      if (entries.length) { for (const entry of entries) await walk(entry); show(); } else if (files.length) add(files);
      else if (text) $("#text").value += text;
    });

    async function walk(entry) {
      if (entry.isFile) { const file = await new Promise((yes, no) => entry.file(yes, no)); found.push([file, entry.fullPath.replace(/^\//, "")]); return; }
      const reader = entry.createReader();
      for (;;) { // a folder gives its entries in portions
        const portion = await new Promise((yes, no) => reader.readEntries(yes, no));
        if (!portion.length) return;
        for (const below of portion) await walk(below);
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = $("#text").value;
      if (!found.length && !text.trim()) { complain(say("NOTHING")); return; }
      const total = found.reduce((sum, [file]) => sum + file.size, text.length);
      if (total > Number(form.dataset.most)) { complain(say("TOO_LARGE", form.dataset.mostWords)); return; }
      if (found.length > Number(form.dataset.mostFiles)) { complain(say("LIMITS", form.dataset.mostWords, form.dataset.mostFiles)); return; }
      const data = new FormData();
      data.append("key", form.elements.key.value);
      for (const [file, path] of found) data.append("files", file, path);
      if (text.trim()) data.append("text", text);
      send(data);
    });

    function send(data) {
      const request = new XMLHttpRequest(); // fetch tells nothing of what was sent
      complain(""); submit.disabled = true; bar.hidden = false;
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        const percent = Math.round(100 * event.loaded / event.total);
        bar.value = percent; back.textContent = say("SENDING", percent);
      });
      const end = (text) => { complain(text); submit.disabled = false; bar.hidden = true; };
      request.addEventListener("load", () => {
        let told = {};
        try { told = JSON.parse(request.responseText); } catch { /* an answer of something between us and the server */ }
        if (request.status === 201) location.assign(told.url); else end(told.error || say("NO_SERVER"));
      });
      request.addEventListener("error", () => end(say("NO_SERVER")));
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.send(data);
    }
  }

  function follow(way) {
    const source = new EventSource(way.dataset.events);
    source.addEventListener("message", (event) => {
      const told = JSON.parse(event.data);
      $(".said-back", way).textContent = told.text;
      if (told.state === "Done") { source.close(); location.replace(way.dataset.done); }
      if (told.state === "Failed") { source.close(); location.reload(); }
    });
  }
})();
