/* Who and what has more in progress than agreed: told by the line above the board, and shown on pictures of people and heads of lanes. */

export default function boardLoads(page) {
  let told = 0;
  const tell = () => {
    const over = new Map([...page.querySelectorAll("#board-loads [data-over]")].map(({ dataset }) => [dataset.over, dataset.share]));
    if (!over.size && !told) return;
    told = over.size;
    for (const place of page.querySelectorAll("#board [data-load]")) {
      const share = over.get(place.dataset.load);
      if (share) place.dataset.share = share;
      else delete place.dataset.share;
    }
  };
  tell();
  document.addEventListener("htmx:after:swap", tell);
}
