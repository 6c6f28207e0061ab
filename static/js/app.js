/* Starts the behaviours that the page asks for with data-behaviour; each is a module of its own. */

const started = new WeakMap();

function start(root) {
  const elements = [...root.querySelectorAll("[data-behaviour]")];
  if (root instanceof Element && root.matches("[data-behaviour]")) elements.push(root);
  return Promise.all(elements.flatMap((element) => element.dataset.behaviour.split(" ").map((name) => startOnce(element, name))));
}

async function startOnce(element, name) {
  const names = started.get(element) ?? new Set();
  if (names.has(name)) return;
  started.set(element, names.add(name));
  const behaviour = await import(`./${name}.js`);
  behaviour.default(element);
}

document.addEventListener("htmx:after:process", (event) => start(event.target));
start(document).then(() => document.documentElement.setAttribute("data-ready", ""));
