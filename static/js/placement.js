/* Moving a card: it stands in its new place at once, the board's one form tells the server, and a refusal puts it back. */

import { say } from "./announcer.js";

let waiting = null;

/** Remember where a card stands, so that it can be put back. */
export function standing(card) {
  return { card, list: card.parentElement, next: card.nextElementSibling };
}

/** Put a card back where it stood. */
export function putBack({ card, list, next }) {
  const present = document.getElementById(card.id) ?? card;
  if (!list.isConnected) return;
  list.insertBefore(present, next?.parentElement === list ? next : null);
}

/** Send the place where the card now stands. from: where it stood before. confirmed: lines of a definition of done. */
export function send(card, from, confirmed = []) {
  const next = card.nextElementSibling;
  if (from.list === card.parentElement && from.next === next) return;
  card.classList.add("card--sending");
  const move = { card, from, hadFocus: card.contains(document.activeElement) };
  if (isSorted(card) && from.list === card.parentElement) return stay(move);
  const { column, lane } = card.parentElement.dataset;
  const place = { action: card.querySelector(".card__move").href, column, lane, next: isSorted(card) ? null : next, confirmed };
  requestAnimationFrame(() => setTimeout(() => submit(move, place))); // the card is painted in its place first
}

/** On a board that is shown in another order a card has no place inside its column. */
function isSorted(card) {
  return card.closest(".board--sorted") !== null;
}

function stay(move) {
  refuse({ move });
  notify(JSON.parse(document.getElementById("board-texts").textContent).sorted);
}

function notify(sentence) {
  const notice = document.createElement("div");
  notice.className = "notice notice--warning";
  notice.append(Object.assign(document.createElement("p"), { textContent: sentence }));
  document.getElementById("notices").append(notice);
}

function submit(move, { action, column, lane, next, confirmed }) {
  const form = document.getElementById("placement");
  form.action = action;
  form.elements.column_id.value = column;
  form.elements.lane.value = lane ?? "";
  form.elements.from_lane.value = move.from.list.dataset.lane ?? "";
  form.elements.before_id.value = next ? next.id.replace("task-", "") : "";
  form.querySelectorAll("[name=confirmed]").forEach((field) => field.remove());
  for (const line of confirmed) form.append(hidden("confirmed", line));
  waiting = move;
  form.requestSubmit();
}

function hidden(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

/** Listen to the answers of the board's form. */
export function listen() {
  const form = document.getElementById("placement");
  if (!form) return;
  form.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.move = waiting;
    waiting = null;
  });
  form.addEventListener("htmx:after:swap", (event) => settle(event.detail.ctx));
  form.addEventListener("htmx:response:error", (event) => refuse(event.detail.ctx));
  form.addEventListener("htmx:error", (event) => event.detail.ctx && refuse(event.detail.ctx));
}

function settle({ move, response }) {
  if (!move) return;
  const card = document.getElementById(move.card.id);
  card?.classList.remove("card--sending");
  if (response.status < 400 && move.hadFocus) card?.querySelector(".card__link").focus();
}

function refuse({ move }) {
  if (!move) return;
  move.card.classList.remove("card--sending");
  putBack(move.from);
  say("refused", move.card);
  if (move.hadFocus) document.getElementById(move.card.id)?.querySelector(".card__link").focus();
}
