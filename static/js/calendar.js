/* Dragging a card to another day of the calendar; the due date can also be set by a form. */

import { stale } from "./view_page.js";

export default function calendar(page) {
  let dragged = null;
  let target = null;

  page.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-cell]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
  });
  page.addEventListener("dragover", (event) => {
    const day = dragged && dayAt(event);
    mark(day);
    if (!day) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
  });
  page.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
  page.addEventListener("drop", async (event) => {
    const day = dragged && dayAt(event);
    if (!day) return;
    event.preventDefault();
    const { cell, version } = dragged.dataset;
    dragged = null;
    mark(null);
    await window.htmx.ajax("POST", cell, { source: "#board", swap: "none", values: { version, value: day.dataset.day, is_drag: "true" } });
    stale();
  });

  function mark(day) {
    if (day === target) return;
    target?.classList.remove("is-target");
    day?.classList.add("is-target");
    target = day;
  }
}

/** The day under the pointer: its own cell, or that of its column in the same week. */
function dayAt(event) {
  const own = event.target.closest?.("[data-day]");
  if (own) return own;
  const week = event.target.closest?.("tbody");
  const days = week ? [...week.querySelectorAll(".calendar__due [data-day]")] : [];
  return days.find((day) => {
    const { left, right } = day.getBoundingClientRect();
    return event.clientX >= left && event.clientX < right;
  });
}
