import { useState } from "preact/hooks";
import { usePay } from "../context.ts";

/**
 * What may be taken along: the receipt, or what may be done with a reference, as the server drew it. What a form of it
 * was answered stays until the page shows something else: the next look knows nothing of it.
 */
export function Along() {
  const { view, announce } = usePay();
  const [answered] = useState(view.mail?.outcome == null ? null : view.along);
  const html = answered ?? view.along;
  if (html === null) return null;

  async function press({ target }: MouseEvent) {
    const button = (target as Element).closest("button");
    const { print, share, text = "", url, copied = "" } = button?.dataset ?? {};
    if (print !== undefined) window.print();
    if (share === undefined) return;
    const given = url === undefined ? { text } : { url: new URL(url, location.href).href };
    try {
      if (navigator.share !== undefined) return await navigator.share({ title: share, ...given });
    } catch (error) {
      // Somebody turned back; else the browser may not, as inside another page.
      if ((error as Error).name === "AbortError") return;
    }
    const words = given.url ?? given.text;
    const shown = button?.nextElementSibling as HTMLElement;
    const [said] = shown.childNodes;
    try {
      await navigator.clipboard.writeText(words);
      announce(copied);
      if (said) said.textContent = copied;
    } catch {
      if (shown.lastElementChild) shown.lastElementChild.textContent = words;
    }
    shown.hidden = false;
  }

  // biome-ignore lint/a11y: what is pressed are the buttons inside it
  return <div class="stack along" onClick={press} dangerouslySetInnerHTML={{ __html: html }} />;
}
