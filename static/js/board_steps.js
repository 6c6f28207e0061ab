/* Where one step of a key leads on the board, for the eye and for a card that is carried. */

/** The card that many columns or rows away; the nearest row that there is. */
export function neighbour(card, columns, rows) {
  const cards = [...card.parentElement.children];
  const index = cards.indexOf(card);
  if (rows) return cards[Math.max(0, Math.min(cards.length - 1, index + rows))];
  const target = lists(card, columns).find((list) => list.children.length);
  return target && target.children[Math.min(index, target.children.length - 1)];
}

/** Carry a card up or down its column; false if it is at the end. */
export function carryAlong(card, list, rows) {
  const others = [...list.children].filter((other) => other !== card);
  const index = [...list.children].indexOf(card);
  const target = Math.max(0, Math.min(others.length, index + rows));
  if (target === index) return false;
  list.insertBefore(card, others[target] ?? null);
  return true;
}

/** Carry a card to the column beside; false if there is none. */
export function carryAcross(card, list, columns) {
  const [target] = lists(card, columns);
  if (!target) return false;
  target.insertBefore(card, target.children[[...list.children].indexOf(card)] ?? null);
  return true;
}

/** The card lists beside a card's own, nearest first. */
function lists(card, direction) {
  const all = [...card.closest(".board").querySelectorAll(".column__cards")];
  const index = all.indexOf(card.parentElement);
  return direction > 0 ? all.slice(index + 1) : all.slice(0, index).reverse();
}

/** Focus a card and bring it into view. */
export function focus(card) {
  const link = card?.querySelector(".card__link");
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
