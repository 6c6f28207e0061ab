/* The board by keyboard: arrows walk, Space picks up, arrows carry, Enter drops, Esc cancels. One card is in the tab order. */

import { say } from "./announcer.js";
import { carryAcross, carryAlong, focus, neighbour } from "./board_steps.js";
import { putBack, send, standing } from "./placement.js";

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Home: [0, -Infinity], End: [0, Infinity] };
const LINKS = ".card :is(.card__link, .card__move)";

export default function boardKeyboard(page) {
  const board = () => page.querySelector(".board"); // a filter puts another one in its place
  const movable = document.getElementById("placement") !== null;
  let lifted = null;

  let present = null;
  const enter = (link) => {
    if (present && present !== link) present.tabIndex = -1;
    present = link;
    if (link) link.tabIndex = 0;
  };
  const rove = (root) => {
    for (const link of root.querySelectorAll(LINKS)) if (link !== present) link.tabIndex = -1;
  };
  const settle = () => {
    if (!present?.isConnected) enter(board().querySelector(".card__link"));
  };
  rove(board());
  settle();
  new MutationObserver((records) => { // only what has come or was drawn anew, not a thousand cards after each act
    for (const { target, addedNodes } of records) {
      if (addedNodes.length === 0) bar(target);
      for (const node of addedNodes) if (node.isConnected && node.closest?.("#board")) rove(node);
    }
    settle();
  }).observe(page, { childList: true, subtree: true, attributeFilter: ["tabindex"] });
  page.addEventListener("focusin", (event) => {
    const link = event.target.closest(".card .card__link");
    if (link) enter(link);
  });
  page.addEventListener("focusout", () => setTimeout(() => {
    if (lifted && !lifted.card.contains(document.activeElement)) cancel();
  }));
  page.addEventListener("keydown", (event) => {
    const link = event.target.closest(".card__link");
    if (!link || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const card = link.closest(".card");
    const key = event.code === "KeyX" ? "x" : event.key; // also where the keys are Cyrillic
    const act = lifted ? carrying(key, card) : walking(key, card);
    if (!act) return;
    event.preventDefault();
    act();
  });

  /** A morph gives a link back its place in the tab order. */
  function bar(link) {
    if (link !== present && link.matches(LINKS) && !link.hasAttribute("tabindex")) link.tabIndex = -1;
  }

  function walking(key, card) {
    if (key === " ") return movable && (() => lift(card));
    if (key === "x") return movable && (() => choose(card));
    return STEPS[key] && (() => focus(neighbour(card, ...STEPS[key])));
  }

  /** Choose a card for an act on many; the first one calls the bar. */
  async function choose(card) {
    const say = () => card.dispatchEvent(new CustomEvent("pmo:choose", { bubbles: true }));
    if (document.getElementById("bulk-form")) return say();
    const open = document.getElementById("bulk-open");
    const started = new MutationObserver(() => {
      if (!page.querySelector(".card__check")) return;
      started.disconnect();
      say();
    });
    started.observe(page, { childList: true, subtree: true });
    open?.click();
  }

  function carrying(key, card) {
    if (key === "Enter" || key === " ") return drop;
    if (key === "Escape") return cancel;
    if (key === "Tab") return () => {};
    return STEPS[key] && (() => carry(card, ...STEPS[key]));
  }

  function lift(card) {
    lifted = standing(card);
    card.classList.add("card--lifted");
    say("lifted", card);
  }

  function carry(card, columns, rows) {
    const list = card.parentElement;
    const moved = columns ? carryAcross(card, list, columns) : carryAlong(card, list, rows);
    if (!moved) return;
    focus(card);
    say("carried", card);
  }

  function drop() {
    const from = release();
    say("dropped", from.card);
    send(from.card, from);
  }

  function cancel() {
    const from = release();
    putBack(from);
    focus(from.card);
    say("cancelled", from.card);
  }

  function release() {
    const from = lifted;
    lifted = null;
    from.card.classList.remove("card--lifted");
    return from;
  }
}
