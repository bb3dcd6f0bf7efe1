/** How long after `g` the next key says where to, in milliseconds. */
const GO_WITHIN_MS = 1_500;

/** `/` leads to the search, `g` and a letter to a place, `?` shows them all. */
export function listenToKeys(): void {
  let wentAt = Number.NEGATIVE_INFINITY;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const isWay = event.timeStamp - wentAt < GO_WITHIN_MS;
    wentAt = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    const way = isWay ? wayOf(event.key) : null;
    if (way !== null) return follow(event, way);
    if (event.key === "/") return toSearch(event);
    if (event.key === "?") showKeys();
  });
  for (const button of document.querySelectorAll("[data-keys]")) button.addEventListener("click", showKeys);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function wayOf(key: string): HTMLAnchorElement | null {
  return /^[a-z]$/.test(key) ? document.querySelector<HTMLAnchorElement>(`a[data-go="${key}"]`) : null;
}

function follow(event: Event, way: HTMLAnchorElement): void {
  event.preventDefault();
  location.assign(way.href);
}

function toSearch(event: Event): void {
  const field = document.querySelector<HTMLInputElement>("#q");
  if (field === null) return;
  event.preventDefault();
  field.focus();
  field.select();
}

function showKeys(): void {
  document.querySelector<HTMLDialogElement>("dialog#keys")?.showModal();
}
