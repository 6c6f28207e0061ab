/* Cards of a calendar or a table open in the panel; what is saved there is drawn anew behind it. */

export default function viewPage(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest(".task-link");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const replace = new CustomEvent("pmo:panel:replace", { cancelable: true });
    if (!document.dispatchEvent(replace)) return;
    window.htmx.ajax("GET", link.href, { source: "#panel", target: "#panel", push: "true" });
  });
  page.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = event.detail ?? {};
    const method = ctx?.request?.method ?? "GET";
    if (method !== "GET" && event.target.closest?.("#panel")) stale();
  });
}

/** Ask for the view anew: it listens for this. */
export function stale() {
  document.body.dispatchEvent(new CustomEvent("board:stale"));
}
