/* Notices: a button closes one, Esc the last one; a lost connection makes one from the page's own template. */

export default function notices(element) {
  element.addEventListener("click", (event) => {
    event.target.closest(".notice__close")?.closest(".notice")?.remove();
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx && !event.detail.ctx.response) show(element, "notice-offline");
  });
}

function show(element, id) {
  const template = document.getElementById(id);
  if (template) element.replaceChildren(template.content.cloneNode(true));
}
