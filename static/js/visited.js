/* Which boards, projects and cards a person looked at: their addresses alone, in this browser alone. */

const PAGE = /\/(boards|projects|tasks)\/\d{1,9}$/;
const MOST = 8;

export function visited(person) {
  const key = `pmo:visited:${person}`;

  function list() {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return Array.isArray(kept) ? kept.filter((it) => PAGE.test(it)) : [];
    } catch {
      return []; // storage is forbidden, or holds no JSON
    }
  }

  function note() {
    const address = location.pathname;
    if (!PAGE.test(address) || address.length > 40) return;
    const others = list().filter((it) => it !== address);
    try {
      localStorage.setItem(key, JSON.stringify([address, ...others].slice(0, MOST)));
    } catch {
      // storage is forbidden or full: nothing is remembered
    }
  }

  note();
  document.addEventListener("htmx:after:settle", note); // a card was opened over its board
  return { list };
}
