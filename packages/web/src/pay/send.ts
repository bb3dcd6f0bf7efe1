import { useCallback, useRef, useState } from "preact/hooks";
import type { PayView } from "./view.ts";

export interface Sender {
  sending: boolean;
  /** Whether the last form did not get through. It may be sent again: it still means the same attempt. */
  failed: boolean;
  send(form: HTMLFormElement): void;
}

/** Sends forms by `fetch`, one at a time, and hands on the view they are answered with. */
export function useSender(accept: (view: PayView) => void): Sender {
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState(false);
  const busy = useRef(false);

  const send = useCallback(
    async (form: HTMLFormElement) => {
      if (busy.current) return;
      busy.current = true;
      setSending(true);
      setFailed(false);
      try {
        accept(await post(form));
      } catch {
        setFailed(true);
      } finally {
        busy.current = false;
        setSending(false);
      }
    },
    [accept],
  );

  return { sending, failed, send };
}

/** Posts a form as it would go by itself, but asks for the view. A form that was refused (422) is answered with a view that says why. */
async function post(form: HTMLFormElement): Promise<PayView> {
  const fields = [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]);
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams(fields),
  });
  if (!answer.ok && answer.status !== 422) throw new Error(`the form was answered ${answer.status}`);
  return (await answer.json()) as PayView;
}
