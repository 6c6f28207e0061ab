/* The side panel: opens when something is put into it, closes to the board's own address, gives the focus back. */

const phone = window.matchMedia("(width < 48rem)");

export default function panel(dialog) {
  if (dialog.open) open(dialog);
  phone.addEventListener("change", () => cover(dialog));

  document.addEventListener("htmx:after:settle", (event) => {
    if (event.target === dialog) open(dialog);
    else if (document.activeElement === document.body && asked(dialog, event)) event.target.querySelector("h3")?.focus({ preventScroll: true });
  });
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("[data-close-panel]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave(dialog);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !dialog.open) return;
    event.preventDefault();
    leave(dialog);
  });
  document.addEventListener("pmo:panel:replace", (event) => {
    if (!mayLose(dialog)) event.preventDefault();
  });
  document.addEventListener("pmo:panel:close", () => leave(dialog));
  window.addEventListener("beforeunload", (event) => {
    if (isDirty(dialog)) event.preventDefault();
  });
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (!dialog.isConnected) return;
    event.preventDefault();
    if (present() === home()) close(dialog);
    else if (location.pathname === home().split("?")[0]) location.reload();
    else window.htmx.ajax("GET", event.detail.path, { source: dialog, target: dialog });
  });
}

/** The address of the board as it is shown, filter and all. */
function home() {
  return document.querySelector("[data-home]").dataset.home;
}

function present() {
  return location.pathname + location.search;
}

function open(dialog) {
  if (!dialog.firstElementChild) return;
  if (!dialog.open) dialog.show();
  cover(dialog);
  dialog.scrollTop = 0;
  const title = dialog.querySelector("#panel-title");
  (dialog.querySelector("[aria-invalid=true]") ?? title)?.focus({ preventScroll: true });
  mark(title?.dataset.task);
}

/** Tell whether a section of the panel was drawn anew because of a form or a link in it. */
function asked(dialog, event) {
  return dialog.contains(event.target) && Boolean(event.detail.task.sourceElement?.matches("form, a"));
}

function leave(dialog) {
  if (!mayLose(dialog)) return;
  if (present() !== home()) history.pushState({ htmx: true }, "", home());
  close(dialog);
}

function close(dialog) {
  const task = dialog.querySelector("#panel-title")?.dataset.task;
  if (dialog.open) dialog.close();
  dialog.replaceChildren();
  cover(dialog);
  mark(null);
  const link = task && document.getElementById(task)?.querySelector(".card__link");
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** On a phone the panel is the whole screen: what lies under it is out of reach; notices are not. */
function cover(dialog) {
  const covers = dialog.open && phone.matches;
  dialog.toggleAttribute("aria-modal", covers);
  if (covers) dialog.setAttribute("aria-modal", "true");
  const under = [...dialog.parentElement.children, ...document.body.children];
  for (const element of under) {
    if (element !== dialog && !element.contains(dialog) && element.id !== "notices") element.inert = covers;
  }
}

/** Tell whether the panel may go: nothing was typed into it, or the person agrees to lose it. */
function mayLose(dialog) {
  return !isDirty(dialog) || window.confirm(dialog.dataset.unsaved);
}

function isDirty(dialog) {
  return [...dialog.querySelectorAll("form[data-keep]")].some((form) => form.dataset.keep === "refused" || [...form.elements].some(isChanged));
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((it) => it.selected !== it.defaultSelected && it.defaultSelected);
  return field.type !== "hidden" && field.defaultValue !== undefined && field.value !== field.defaultValue;
}

function mark(task) {
  for (const link of document.querySelectorAll(".card__link[aria-current]")) link.removeAttribute("aria-current");
  if (task) document.getElementById(task)?.querySelector(".card__link")?.setAttribute("aria-current", "true");
}
