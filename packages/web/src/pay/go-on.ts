import { useCallback } from "preact/hooks";
import { postFields } from "../parts/send.ts";
import type { PayView } from "./view.ts";

/** How long to wait before saying again what did not get through. */
const AGAIN_MS = 3_000;

/** Says that an issuer's action is over, unseen: there is no press that could be repeated. */
export function useGoOn({ path, lang }: Pick<PayView, "path" | "lang">, accept: (view: PayView) => void) {
  return useCallback(
    async (action: string, executed: boolean) => {
      // Long before the last of these the server goes on by itself.
      for (let tries = 0; tries < 20; tries += 1) {
        try {
          accept(await postFields(`${path}/continue`, { action, executed: String(executed) }, lang));
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        }
      }
    },
    [path, lang, accept],
  );
}
