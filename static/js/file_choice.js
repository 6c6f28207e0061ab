/* Choosing files: the button is ours, in the language of the page, and the names of what was chosen stand beside it. */

export default function fileChoice(box) {
  const input = box.querySelector("[type=file]");
  const names = box.querySelector("output");
  const none = names.textContent;
  const tell = () => {
    names.textContent = Array.from(input.files, (file) => file.name).join(", ") || none;
  };
  tell();
  input.addEventListener("change", tell);
}
