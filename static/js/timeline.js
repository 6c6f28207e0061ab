/* A long line of time opens with today in sight. */

export default function timeline(box) {
  const today = Number(box.dataset.today);
  if (Number.isFinite(today)) box.scrollLeft = Math.max(0, today - box.clientWidth / 2);
}
