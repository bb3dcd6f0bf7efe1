/** How long a button says that it has copied, in milliseconds. */
const SAYS_SO_MS = 2_000;

/** Copies what a button stands beside. */
export function copyByPress(): void {
  document.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>("[data-copy]") : null;
    if (button === null) return;
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    const before = button.textContent;
    button.textContent = button.dataset.copied ?? before;
    setTimeout(() => {
      button.textContent = before;
    }, SAYS_SO_MS);
  });
}
