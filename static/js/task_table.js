/* A table that is edited in place: Enter or a click opens a cell, Enter saves, Tab saves and goes on, Esc leaves. */

import { stale } from "./view_page.js";

export default function taskTable(page) {
  const before = new WeakMap();

  page.addEventListener("click", (event) => {
    const cancel = event.target.closest(".cell-form [data-cancel]");
    if (cancel) {
      event.preventDefault();
      leave(cancel.closest(".cell"));
      return;
    }
    const link = event.target.closest(".cell .cell__link");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link.closest(".cell"));
  });

  page.addEventListener("keydown", async (event) => {
    const form = event.target.closest(".cell-form");
    if (!form || event.isComposing) return;
    const cell = form.closest(".cell");
    if (event.key === "Escape") {
      event.preventDefault();
      leave(cell);
    } else if (event.key === "Enter" && event.target.matches("select, [type=checkbox]")) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Tab" && event.target.matches("[data-first]:not([type=checkbox])")) {
      const following = neighbour(cell, event.shiftKey ? -1 : 1);
      if (!following) return;
      event.preventDefault();
      await send(form, cell);
      if (!cell.querySelector(".cell-form")) open(following);
    }
  });

  page.addEventListener("htmx:after:swap", (event) => {
    const cell = event.target.closest?.(".cell");
    if (!cell) return;
    const field = cell.querySelector("[data-first]") ?? cell.querySelector(".cell__link");
    field?.focus();
    if (field?.matches("input:not([type=checkbox], [type=date])")) field.select();
  });

  async function open(cell) {
    const link = cell.querySelector(".cell__link");
    if (!link) return;
    before.set(cell, link);
    await window.htmx.ajax("GET", link.href, { source: cell, target: cell, swap: "innerHTML" });
  }

  function leave(cell) {
    const link = before.get(cell);
    if (!link) return;
    const isOld = cell.querySelector("[data-clash]") !== null;
    cell.replaceChildren(link);
    link.focus();
    if (isOld) stale(); // others have written into it meanwhile
  }

  async function send(form, cell) {
    const values = [...new FormData(form).entries()];
    if (!form.reportValidity()) return;
    await window.htmx.ajax("POST", form.action, { source: form, target: cell, swap: "innerHTML", values: Object.fromEntries(values) });
  }

  function neighbour(cell, step) {
    const cells = [...page.querySelectorAll(".task-table .cell")];
    return cells[cells.indexOf(cell) + step];
  }
}
