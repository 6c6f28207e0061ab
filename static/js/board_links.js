/* One listener opens every card and every “Move” of the board in the panel; the links stay plain links. */

export default function boardLinks(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest(".card__link, .card__move");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const replace = new CustomEvent("pmo:panel:replace", { cancelable: true });
    if (!document.dispatchEvent(replace)) return;
    window.htmx.ajax("GET", link.href, { source: "#panel", target: "#panel", push: "true" });
  });
}
