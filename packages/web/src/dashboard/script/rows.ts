const idsIn = (page: Document) => new Set([...page.querySelectorAll("[data-row]")].map(rowId));

const rowId = (row: Element): string => row.getAttribute("data-row") ?? "";

/** How many rows a fresh page has that are not shown. */
export function freshRows(fresh: Document): number {
  const shown = idsIn(document);
  return [...idsIn(fresh)].filter((id) => !shown.has(id)).length;
}

/** Shows in their place the rows that changed; what is new waits, so that none moves under the pointer. */
export function showRows(fresh: Document): void {
  for (const row of fresh.querySelectorAll("[data-row]")) {
    const shown = document.querySelector(`[data-row="${CSS.escape(rowId(row))}"]`);
    if (shown === null || shown.innerHTML === row.innerHTML || shown.contains(document.activeElement)) continue;
    shown.replaceChildren(...document.importNode(row, true).childNodes);
  }
}
