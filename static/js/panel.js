/* The side panel: opens when something is put into it, closes to the board's own address, gives the focus back. */

const phone = window.matchMedia("(width < 48rem)");

export default function panel(dialog) {
  const page = dialog.closest("[data-home]");
  if (dialog.open) open(dialog);

  dialog.addEventListener("htmx:before:request", () => wait(dialog));
  document.addEventListener("htmx:after:settle", (event) => {
    if (event.target === dialog) open(dialog);
  });
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("[data-close-panel]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave(dialog, page);
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave(dialog, page);
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !dialog.open) return;
    event.preventDefault();
    leave(dialog, page);
  });
  document.addEventListener("pmo:panel:close", () => leave(dialog, page));
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (!document.contains(dialog)) return;
    event.preventDefault();
    if (location.pathname === page.dataset.home) close(dialog);
    else window.htmx.ajax("GET", event.detail.path, { source: dialog, target: dialog });
  });
}

function wait(dialog) {
  if (dialog.open) return;
  dialog.replaceChildren(document.getElementById("panel-loading").content.cloneNode(true));
}

function open(dialog) {
  if (!dialog.firstElementChild) return;
  const modal = phone.matches;
  if (dialog.open && dialog.matches(":modal") !== modal) dialog.close();
  if (!dialog.open) modal ? dialog.showModal() : dialog.show();
  dialog.scrollTop = 0;
  const title = dialog.querySelector("#panel-title");
  const first = dialog.querySelector("[aria-invalid=true], [autofocus]") ?? title;
  first?.focus({ preventScroll: true });
  mark(title?.dataset.task);
}

function leave(dialog, page) {
  history.pushState({ htmx: true }, "", page.dataset.home);
  close(dialog);
}

function close(dialog) {
  const task = dialog.querySelector("#panel-title")?.dataset.task;
  if (dialog.open) dialog.close();
  dialog.replaceChildren();
  mark(null);
  const card = task && document.getElementById(task);
  const link = card?.querySelector(".card__link");
  link?.focus();
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function mark(task) {
  for (const link of document.querySelectorAll(".card__link[aria-current]")) link.removeAttribute("aria-current");
  if (task) document.getElementById(task)?.querySelector(".card__link")?.setAttribute("aria-current", "true");
}
