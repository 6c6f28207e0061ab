/* The command palette: Ctrl+K or “/” opens it, the server offers what fits, arrows walk, Enter goes. */

import { visited } from "./visited.js";

const PAUSE = 120;
const WRITING = "input, textarea, select, [contenteditable]";

export default function palette(opener) {
  const dialog = document.getElementById("palette");
  const input = dialog.querySelector("input");
  const list = document.getElementById("palette-list");
  const status = dialog.querySelector("[role=status]");
  const before = visited(dialog.dataset.person);
  let timer = 0;
  let underway = null;
  let drawn = null; // what the options on screen answer
  let active = null;

  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const isCtrlK = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK";
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest?.(WRITING);
    if (event.defaultPrevented || !(isCtrlK || isSlash)) return;
    event.preventDefault();
    if (!dialog.open) open();
    else if (isCtrlK) dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest(".palette__line button")) return dialog.close();
    const option = event.target.closest("[role=option]");
    if (option && !event.ctrlKey && !event.metaKey && !event.shiftKey) leave(event, option);
  });
  dialog.addEventListener("close", () => {
    if (dialog.open) return; // told late: it was opened again
    clearTimeout(timer);
    underway?.abort();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (event.isComposing || !act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });

  const KEYS = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => dialog.close(),
    Enter: async () => {
      if (drawn !== input.value) await draw();
      active?.click();
    },
  };

  function open() {
    input.value = "";
    list.replaceChildren();
    point(null);
    dialog.showModal();
    input.focus();
    draw();
  }

  async function draw() {
    clearTimeout(timer);
    underway?.abort();
    underway = new AbortController();
    const search = input.value;
    const at = document.querySelector("[data-home]")?.dataset.home ?? location.pathname + location.search;
    const query = new URLSearchParams({ search, at: at.slice(0, 500) });
    if (search === "") for (const it of before.list()) query.append("visited", it);
    const address = `${dialog.dataset.options}?${query}`;
    const asked = { headers: { "HX-Request": "true" }, signal: underway.signal };
    const answer = await fetch(address, asked).catch(() => null);
    if (answer === null) return;
    if (!answer.ok) return location.assign(opener.href);
    const drawing = await answer.text().catch(() => null); // a newer question breaks this one off
    if (drawing === null) return;
    list.innerHTML = drawing;
    drawn = search;
    status.textContent = list.querySelector("[data-status]").textContent;
    list.scrollTop = 0;
    point(list.querySelector("[role=option]"));
  }

  function step(by) {
    const options = [...list.querySelectorAll("[role=option]")];
    if (options.length === 0) return;
    const next = active ? options.indexOf(active) + by : 0;
    point(options.at(next % options.length));
    active.scrollIntoView({ block: "nearest" });
  }

  function point(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    active?.setAttribute("aria-selected", "true");
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  }

  /** Close; what is on this very page gets the focus instead of being loaded anew. */
  function leave(event, option) {
    const target = option.dataset.focus && document.getElementById(option.dataset.focus);
    if (target) event.preventDefault();
    dialog.close();
    target?.focus();
    if (target?.matches("a")) target.click();
  }
}
