/* A field for a password: a button shows what was typed, and hides it again before it is sent. */

export default function password(element) {
  const input = element.querySelector("input");
  const button = element.querySelector("button");
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    show(input.type === "password");
    input.focus();
  });
  input.form.addEventListener("submit", () => show(false));
}
