/* Folding columns and lanes: done at once, remembered by the server; without JavaScript the buttons send the form. */

export default function boardFolds(page) {
  const form = document.getElementById("folding");
  page.addEventListener("click", (event) => {
    const button = event.target.closest("button[form=folding]");
    if (!button) return;
    event.preventDefault();
    window.htmx.ajax("POST", form.action, { source: form, values: { [button.name]: button.value }, swap: "none" });
    if (button.name.endsWith("lane")) button.closest(".lane").classList.toggle("lane--folded");
    else toggleColumn(button.closest(".column"));
    const other = button.nextElementSibling?.matches("[form=folding]") ? button.nextElementSibling : button.previousElementSibling;
    other.focus({ preventScroll: true });
  });
}

function toggleColumn(column) {
  const place = [...column.parentElement.querySelectorAll(":scope > .column")].indexOf(column) + 1;
  column.dispatchEvent(new CustomEvent("pmo:reflow", { bubbles: true }));
  column.closest(".board").classList.toggle(`board--fold-${place}`);
}
