/* Notices: each gets a button that closes it, good news goes by itself; a lost connection makes a notice.
   Only the last act is offered to be undone, for 30 seconds: by its button, or by Ctrl+Z outside of text. */

const GOOD_NEWS_MS = 6000;
const UNDO_MS = 30000;
const GATEWAY = [502, 503, 504];

export default function notices(element) {
  const dress = () => element.querySelectorAll(".notice:not(:has(.notice__close))").forEach((notice) => add(notice, element));
  dress();
  new MutationObserver(dress).observe(element, { childList: true });
  element.addEventListener("click", (event) => {
    event.target.closest(".notice__close")?.closest(".notice").remove();
  });
  element.addEventListener("htmx:finally:request", (event) => event.target.closest("[data-undo]")?.remove());
  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyZ" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    const undo = element.querySelector("[data-undo] form");
    if (!undo || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    undo.requestSubmit();
  });
  document.addEventListener("htmx:error", ({ detail }) => {
    if (detail.ctx && !detail.ctx.response) lost(element);
  });
  document.addEventListener("htmx:response:error", ({ detail }) => {
    if (GATEWAY.includes(detail.ctx.response.status)) lost(element);
  });
}

function add(notice, element) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "notice__close";
  button.textContent = "×";
  button.setAttribute("aria-label", element.dataset.close);
  notice.append(button);
  if (notice.matches("[data-undo]")) {
    for (const other of element.querySelectorAll("[data-undo]")) if (other !== notice) other.remove();
    setTimeout(() => notice.remove(), UNDO_MS);
  }
  if (notice.matches(".notice--success")) setTimeout(() => notice.remove(), GOOD_NEWS_MS);
}

function lost(element) {
  const notice = document.createElement("div");
  notice.className = "notice notice--error";
  notice.append(document.createElement("p"));
  notice.firstChild.textContent = element.dataset.lost;
  element.replaceChildren(notice);
}
