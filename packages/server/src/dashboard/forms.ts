import {
  BACK_BY_ADDRESS,
  codeOf,
  type Fault,
  type FormView,
  LIMITS,
  type Problem,
  readAmount,
} from "@caravela/web/dashboard";
import { type FormFields, textOf } from "../pages/form-fields.ts";
import type { Outcome } from "./ask.ts";
import { filterOf, type Visit } from "./visit.ts";

/** A form that nobody has sent yet. @param key made for it @param typed what stands in it already */
export function freshForm(key: string, typed: Record<string, string> = {}): FormView {
  return { key, typed, faults: {}, problem: null };
}

/** What was typed before somebody was led away and back, as far as it comes back by the address. */
export function typedBefore({ query }: Pick<Visit, "query">): Record<string, string> {
  return filterOf(query, BACK_BY_ADDRESS);
}

/** What the API may still make of what was sent: only the same may be sent again by the same key. */
const STILL_OPEN = ["idempotency_in_flight", "busy", "unavailable", "internal_error"];

/**
 * A form that came back, as it was typed. Once it is known that nothing was done it has another key: what is typed next
 * is another request. Where that is not known it keeps the one that it had, so that the same is never done twice.
 */
export function formAgain(fields: FormFields, problem: Problem, newKey: () => string): FormView {
  const isOpen = STILL_OPEN.includes(codeOf(problem.type));
  const faults = problem.errors.flatMap(({ field }): [string, Fault][] => {
    const name = field.replace(/^\//, "");
    return typeof fields[name] === "string" ? [[name, "refused"]] : [];
  });
  const key = isOpen ? textOf(fields, "key") : newKey();
  return { key, typed: typedIn(fields), faults: Object.fromEntries(faults), problem };
}

/** A form in which something cannot be read: nothing was asked, and its key is as good as before. */
export function faultyForm(fields: FormFields, faults: Record<string, Fault>): FormView {
  return { key: textOf(fields, "key"), typed: typedIn(fields), faults, problem: null };
}

function typedIn(fields: FormFields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/**
 * An amount that was typed, in cents; or what is wrong with it. How much it can be is the API's to say: a press that
 * came twice finds less left, and is answered as the first was.
 */
export function amountIn(fields: FormFields, name: string): number | Fault {
  const typed = textOf(fields, name).trim();
  if (typed === "") return "missing";
  return readAmount(typed) ?? "unreadable";
}

/** The limits that were typed, where any was, and what is wrong with them. */
export function limitsIn(fields: FormFields): { body: Record<string, number | null>; faults: Record<string, Fault> } {
  const read = LIMITS.map((name) => [name, textOf(fields, name).trim() === "" ? null : amountIn(fields, name)]);
  const isFault = ([, value]: (typeof read)[number]) => typeof value === "string";
  return {
    body: Object.fromEntries(read.filter((one) => !isFault(one))),
    faults: Object.fromEntries(read.filter(isFault)),
  };
}

/** Whether the API did what was asked. */
export function isDone<Body>(outcome: Outcome<Body>): outcome is { readonly status: number; readonly done: Body } {
  return "done" in outcome;
}
