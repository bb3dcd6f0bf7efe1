import { useEffect, useState } from "preact/hooks";
import type { PhoneView } from "./view.ts";

const LOOK_MS = 1_000;

/** How long the joy of an answer stays when nothing else comes, in milliseconds. */
const ANSWER_STAYS_MS = 8_000;

/** Looks each second what waits on this phone, while somebody looks at it. */
export function useLivePhone(first: PhoneView): PhoneView {
  const [view, setView] = useState(first);
  const [joyful, setJoyful] = useState(first.answered !== null);

  useEffect(() => {
    if (first.alias === null) return;
    const address = `/phone/waiting?alias=${encodeURIComponent(first.alias)}`;
    let timer = setTimeout(look, LOOK_MS);
    async function look() {
      if (!document.hidden) {
        // A look that fails is simply followed by the next one.
        const answer = await fetch(address).catch(() => undefined);
        if (answer?.ok) setView((await answer.json()) as PhoneView);
      }
      timer = setTimeout(look, LOOK_MS);
    }
    return () => clearTimeout(timer);
  }, [first.alias]);

  useEffect(() => {
    const timer = setTimeout(() => setJoyful(false), ANSWER_STAYS_MS);
    return () => clearTimeout(timer);
  }, []);

  // what was typed wrong is known to the page alone, and stays until it is sent again
  return { ...view, refused: first.refused, answered: joyful && view.waiting.length === 0 ? first.answered : null };
}
