/* Tells screen readers what happens on the board, in the sentences that the server rendered. */

/** Say a sentence about a card in its present place. */
export function say(name, card) {
  const texts = JSON.parse(document.getElementById("board-texts").textContent);
  const list = card.parentElement;
  const facts = {
    card: card.querySelector(".card__link").textContent.trim(),
    column: document.getElementById(`column-name-${list.dataset.column}`).textContent.trim(),
    position: [...list.children].indexOf(card) + 1,
    count: list.children.length,
  };
  tell(texts[name].replace(/\{(\w+)\}/g, (whole, key) => facts[key] ?? whole));
}

/** Say a ready sentence. */
export function tell(sentence) {
  const region = document.getElementById("announcer");
  if (region) region.textContent = sentence;
}
