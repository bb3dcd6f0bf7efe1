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

/** How long to wait before saying again what did not get through. */
const AGAIN_MS = 3_000;

/** Says that an issuer's action is over, unseen: there is no press that could be repeated. */
export function useGoOn(path: string, accept: (view: PayView) => void) {
  return useCallback(
    async (action: string, executed: boolean) => {
      // Long before the last of these the server goes on by itself.
      for (let tries = 0; tries < 20; tries += 1) {
        try {
          accept(await postFields(`${path}/continue`, { action, executed: String(executed) }));
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        }
      }
    },
    [path, accept],
  );
}

/** Posts a form as it would go by itself, but asks for the view. A form that was refused (422) is answered with a view that says why. */
async function post(form: HTMLFormElement): Promise<PayView> {
  const fields = [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]);
  // By its attribute: a field may be called "action" too, and would stand in its place.
  return postFields(form.getAttribute("action") ?? "", fields);
}

async function postFields(to: string, fields: [string, string][] | Record<string, string>): Promise<PayView> {
  const answer = await fetch(to, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams(fields),
  });
  if (!answer.ok && answer.status !== 422) throw new Error(`the form was answered ${answer.status}`);
  return (await answer.json()) as PayView;
}
