import { useCallback, useRef } from "preact/hooks";
import type { PayScreen } from "./view.ts";

/** What was typed into a form, field by field. */
export type TypedFields = Readonly<Record<string, string>>;

/**
 * What was typed into the forms that were sent, so that a try that came to nothing is no reason to type it again. In
 * this page's memory alone, a card's number and code among it, and gone with the page or when all is over.
 */
export interface Typed {
  /** What was typed into the form that goes there; nothing where it was not sent from this page. */
  typedIn(to: string): TypedFields;
  /** Where the form went that was sent last; null: none was. */
  lastSent(): string | null;
  keepTyped(to: string, form: HTMLFormElement): void;
}

const OVER: readonly PayScreen["kind"][] = ["paid", "authorized", "refunded", "canceled", "expired", "under_review"];
const NOTHING: TypedFields = {};

/** Keeps what was typed until all is over. */
export function useTyped(kind: PayScreen["kind"]): Typed {
  const kept = useRef(new Map<string, TypedFields>());
  if (OVER.includes(kind)) kept.current.clear();
  const typedIn = useCallback((to: string) => kept.current.get(to) ?? NOTHING, []);
  const lastSent = useCallback(() => [...kept.current.keys()].at(-1) ?? null, []);
  const keepTyped = useCallback((to: string, form: HTMLFormElement) => {
    kept.current.delete(to);
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    kept.current.set(to, Object.fromEntries(fields));
  }, []);
  return { typedIn, lastSent, keepTyped };
}
