/* The form of a comment: Ctrl+Enter sends it; after it was sent, the new empty one has the focus; Esc leaves the form of an edit. */

let sent = false;

export default function commentForm(form) {
  const area = form.elements.text;
  if (sent && !area.autofocus) {
    sent = false;
    area.focus({ preventScroll: true });
  }
  if (area.autofocus) area.focus();
  form.addEventListener("submit", () => {
    sent = true;
  });
  form.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "Escape" && area.autofocus) {
      event.preventDefault();
      form.querySelector("a").click();
    }
  });
}
