/* Folding columns and lanes: done at once, remembered by the server; without JavaScript the buttons send the form. */

export default function boardFolds(page) {
  const form = document.getElementById("folding");
  const made = new Map();
  page.addEventListener("click", (event) => {
    const button = event.target.closest("button[form=folding]");
    if (!button) return;
    event.preventDefault();
    window.htmx.ajax("POST", form.action, { source: form, values: { [button.name]: button.value }, swap: "none" });
    const [name, isFolded] = [button.name.replace(/^un/, ""), !button.name.startsWith("un")];
    made.set(`[name=${name}][value="${CSS.escape(button.value)}"]`, isFolded);
    if (name === "fold") button.dispatchEvent(new CustomEvent("pmo:reflow", { bubbles: true }));
    fold(button, isFolded);
    const other = button.nextElementSibling?.matches("[form=folding]") ? button.nextElementSibling : button.previousElementSibling;
    other.focus({ preventScroll: true });
  });
  // A board that was asked for before a fold and comes after it does not know of it.
  document.addEventListener("htmx:after:settle", () => {
    for (const [button, isFolded] of made) fold(page.querySelector(button), isFolded);
  });
}

function fold(button, isFolded) {
  const lane = button?.closest(".lane");
  if (lane) return lane.classList.toggle("lane--folded", isFolded);
  const column = button?.closest(".column");
  if (!column) return;
  const place = [...column.parentElement.querySelectorAll(":scope > .column")].indexOf(column) + 1;
  column.closest(".board").classList.toggle(`board--fold-${place}`, isFolded);
}
