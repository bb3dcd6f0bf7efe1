import type { TerminalId } from "../domain/identifiers.ts";
import type { Page } from "../storage/paging.ts";
import type { Terminal, Terminals } from "../terminals.ts";
import { problem, problemOf } from "./problems.ts";

/** Whose things a request may see and make: those of one terminal; null: of all. */
export interface Whose {
  readonly terminal: TerminalId | null;
}

/** Knows which terminals there are. */
export interface ServesTerminals {
  readonly terminals: Terminals;
}

/**
 * The terminal at which something new is made: the one that is named, else the request's own, else the first.
 * @throws Problem 422 when it names one that is not served, or not the request's own: which others there are is not
 * told. 409 when the request's own is not served any more.
 */
export function chosenTerminal({ terminals }: ServesTerminals, whose: Whose, named: string | null): Terminal {
  const own = whose.terminal === null ? null : terminals.named(whose.terminal);
  if (own === null && whose.terminal !== null) {
    throw problemOf({ refused: "terminal_not_served", terminal: whose.terminal });
  }
  const wanted = named === null ? (whose.terminal === null ? terminals.first : own) : terminals.named(named);
  if (wanted !== null && (whose.terminal === null || wanted === own)) return wanted;
  throw problem("not_possible", "This is no terminal that you may use: leave it out, or name one of yours.", {
    field: "/terminal",
  });
}

/**
 * A filter as a request may ask by it: of its own terminal alone. Null: it asks for another's, of which there is
 * nothing.
 */
export function ownFilter<Filter extends { readonly terminal: TerminalId | null }>(
  { terminal }: Whose,
  filter: Filter,
): Filter | null {
  if (terminal === null) return filter;
  return filter.terminal === null || filter.terminal === terminal ? { ...filter, terminal } : null;
}

/** A page of what there is nothing of. */
export const EMPTY_PAGE: Page<never> = { data: [], hasMore: false, next: null };
