/* A question over the page: opens as it comes, goes with its answer, and gives the focus back. */

export default function confirmation(dialog) {
  const before = document.activeElement;
  const form = dialog.querySelector("form");
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before?.isConnected) before.focus();
  });
  dialog.querySelector("[data-close-dialog]").addEventListener("click", () => dialog.close());
  form.addEventListener("htmx:after:swap", () => dialog.close());
  form.addEventListener("htmx:error", () => dialog.close());
  dialog.showModal();
}
