import { useCallback, useRef, useState } from "preact/hooks";
import type { PageLang } from "../lang.ts";
import { askingIn } from "./in-lang.ts";

/** After so long, people wonder whether anything happens at all. */
const SLOW_MS = 2_000;

export interface Sender {
  /** The form that is on its way; null when none is. */
  sending: HTMLFormElement | null;
  /** Whether that takes long. */
  slow: boolean;
  /** Whether the last form did not get through. It may be sent again: it still means the same. */
  failed: boolean;
  send(form: HTMLFormElement): void;
}

/** Sends forms by `fetch`, one at a time, and hands on the view they are answered with. */
export function useSender<View>(accept: (view: View) => void, lang: PageLang): Sender {
  const [sending, setSending] = useState<HTMLFormElement | null>(null);
  const [slow, setSlow] = useState(false);
  const [failed, setFailed] = useState(false);
  const busy = useRef(false);

  const send = useCallback(
    async (form: HTMLFormElement) => {
      if (busy.current) return;
      busy.current = true;
      setSending(form);
      setFailed(false);
      const slowly = setTimeout(() => setSlow(true), SLOW_MS);
      try {
        accept(await post(form, lang));
      } catch {
        setFailed(true);
      } finally {
        clearTimeout(slowly);
        busy.current = false;
        setSending(null);
        setSlow(false);
      }
    },
    [accept, lang],
  );

  return { sending, slow, failed, send };
}

/**
 * Posts a form as it would go by itself, but asks for the view. A form that was refused (422) is answered with a view
 * that says why.
 */
async function post<View>(form: HTMLFormElement, lang: PageLang): Promise<View> {
  const fields = [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]);
  // By its attribute: a field may be called "action" too, and would stand in its place.
  return postFields(form.getAttribute("action") ?? "", fields, lang);
}

/** Posts fields as a form would, asking for the view. @throws Error when they did not get through. */
export async function postFields<View>(
  to: string,
  fields: [string, string][] | Record<string, string>,
  lang: PageLang,
): Promise<View> {
  const answer = await fetch(to, {
    method: "POST",
    headers: askingIn(lang),
    body: new URLSearchParams(fields),
  });
  if (!answer.ok && answer.status !== 422) throw new Error(`the form was answered ${answer.status}`);
  return (await answer.json()) as View;
}
