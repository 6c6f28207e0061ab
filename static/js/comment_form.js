/* The forms of comments, wherever they come to stand inside: Ctrl+Enter sends, Esc leaves an edit.
   What was sent keeps the focus in its place: in the new empty form, or at the comment that was edited. */

export default function commentForms(root) {
  root.addEventListener("keydown", (event) => {
    const form = event.target.closest(".comment-form");
    if (!form || event.defaultPrevented || event.isComposing) return;
    const cancel = form.querySelector("[data-cancel]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape" && cancel) {
      event.preventDefault();
      if (mayLose(form.elements.text)) cancel.click();
    }
  });
  root.addEventListener("submit", (event) => {
    if (event.target.matches(".comment-form")) event.target.elements.text.focus({ preventScroll: true });
  });

  function mayLose(area) {
    return area.value === area.defaultValue || window.confirm(root.dataset.unsaved);
  }
}
