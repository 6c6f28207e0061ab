/* Where one step of a key leads on the board, for the eye and for a card that is carried. */

/** The card that many columns or rows away; the nearest row that there is. */
export function neighbour(card, columns, rows) {
  const cards = [...card.parentElement.children];
  const index = cards.indexOf(card);
  if (columns) return near(beside(card.parentElement, columns), index);
  const target = index + rows;
  if (cards[target] || !Number.isFinite(rows)) return cards[Math.max(0, Math.min(cards.length - 1, target))];
  return near(above(card.parentElement, rows), rows > 0 ? 0 : Infinity) ?? card;
}

/** Carry a card up or down its column, and on into the next lane; false if it is at the end. */
export function carryAlong(card, list, rows) {
  const others = [...list.children].filter((other) => other !== card);
  const index = [...list.children].indexOf(card);
  const target = Math.max(0, Math.min(others.length, index + rows));
  if (target !== index) {
    list.insertBefore(card, others[target] ?? null);
    return true;
  }
  const [next] = Number.isFinite(rows) ? above(list, rows) : [];
  next?.insertBefore(card, rows > 0 ? next.firstElementChild : null);
  return next !== undefined;
}

/** Carry a card to the column beside; false if there is none. */
export function carryAcross(card, list, columns) {
  const [target] = beside(list, columns);
  if (!target) return false;
  target.insertBefore(card, target.children[[...list.children].indexOf(card)] ?? null);
  return true;
}

/** The card at a place of the nearest list that has cards. */
function near(lists, index) {
  const target = lists.find((list) => list.children.length);
  return target && target.children[Math.min(index, target.children.length - 1)];
}

/** The card lists beside one, in its lane, nearest first. */
function beside(list, direction) {
  return onward(list, (list.closest(".lane") ?? list.closest(".board")).querySelectorAll(".column__cards"), direction);
}

/** The card lists of the same column in the lanes below or above, nearest first. */
function above(list, direction) {
  return onward(list, list.closest(".board").querySelectorAll(`.lane .column__cards[data-column="${list.dataset.column}"]`), direction);
}

/** Of some lists those after or before one that can be seen. */
function onward(list, lists, direction) {
  const all = [...lists];
  const index = all.indexOf(list);
  const rest = direction > 0 ? all.slice(index + 1) : all.slice(0, Math.max(0, index)).reverse();
  return rest.filter((other) => other.getClientRects().length > 0);
}

/** Focus a card and bring it into view. */
export function focus(card) {
  const link = card?.querySelector(".card__link");
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
