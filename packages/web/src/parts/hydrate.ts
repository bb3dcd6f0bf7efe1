import { hydrate, type VNode } from "preact";

/** Takes over the page that the server drew, from the view it was drawn from. */
export function takeOver<View>(page: (view: View) => VNode): void {
  const root = document.getElementById("page");
  const data = document.getElementById("view")?.textContent;
  if (root === null || data === undefined || data === null) return;
  hydrate(page(JSON.parse(data)), root);
}
