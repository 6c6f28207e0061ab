/* Typing @ offers the people of the project: arrows choose, Enter or Tab takes, Esc closes. */

const TYPED = /(?:^|[\s([{«„“"'—–,;:!?*>])@([\p{L}\p{N}._-]*)$/u;
const PAUSE_MS = 120;

export default function mentions(form) {
  const area = form.elements.text;
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = `${area.id}-people`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "@");
  list.hidden = true;
  area.after(list);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);
  let timer = null;
  let asked = 0;

  area.addEventListener("input", () => {
    clearTimeout(timer);
    const start = typed(area);
    if (start === null) close();
    else timer = setTimeout(() => offer(start), PAUSE_MS);
  });
  area.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const person = event.target.closest("[role=option]");
    if (person) take(person);
  });
  area.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const people = [...list.children];
    const place = people.findIndex((it) => it.ariaSelected === "true");
    if (event.key === "ArrowDown") mark(people, (place + 1) % people.length);
    else if (event.key === "ArrowUp") mark(people, (place - 1 + people.length) % people.length);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) take(people[place]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });

  async function offer(start) {
    const mine = ++asked;
    const answer = await fetch(`${form.dataset.people}?${new URLSearchParams({ start })}`).catch(() => null);
    if (mine !== asked || !answer?.ok || answer.redirected || typed(area) !== start) return;
    list.innerHTML = await answer.text();
    list.hidden = list.children.length === 0;
    if (!list.hidden) mark([...list.children], 0);
  }

  function mark(people, place) {
    people.forEach((it, index) => it.setAttribute("aria-selected", String(index === place)));
    area.setAttribute("aria-activedescendant", people[place].id);
    people[place].scrollIntoView({ block: "nearest" });
  }

  function take(person) {
    const end = area.selectionStart;
    const start = end - typed(area).length;
    area.setRangeText(`${person.dataset.login} `, start, end, "end");
    close();
  }

  function close() {
    asked += 1;
    list.hidden = true;
    list.replaceChildren();
    area.removeAttribute("aria-activedescendant");
  }
}

/** Return what stands between the last @ and the caret, null if nobody is being mentioned. */
function typed(area) {
  return TYPED.exec(area.value.slice(0, area.selectionStart))?.[1] ?? null;
}
