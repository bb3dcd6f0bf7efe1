/** Prints the page by a press. */
export function printByPress(): void {
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
}
