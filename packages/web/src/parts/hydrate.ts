import { hydrate, type VNode } from "preact";

/** Takes over the page that the server drew, from the view it was drawn from. */
export function takeOver<View>(page: (view: View) => VNode): void {
  const root = document.getElementById("page");
  const data = document.getElementById("view")?.textContent;
  if (root === null || data === undefined || data === null) return;
  hydrate(page(JSON.parse(data)), root);
  callOffRefresh();
}

/** Calls back once all that the page was sent with is there; at once where it is. @returns what calls it off. */
export function whenLoaded(then: () => void): () => void {
  if (document.readyState === "complete") {
    then();
    return () => undefined;
  }
  addEventListener("load", then, { once: true });
  return () => removeEventListener("load", then);
}

/**
 * From here on the script looks. To take the element away is not enough: a refresh that was read is only called off by
 * what the browser's stop button does, and that only once all has come that the page was sent with.
 */
function callOffRefresh(): void {
  const refresh = document.querySelector("meta[http-equiv=refresh]");
  if (refresh === null) return;
  refresh.remove();
  whenLoaded(() => stop());
}
