import type { FieldError } from "@caravela/platform/problems";
import { asTerminalId, type TerminalId } from "../domain/identifiers.ts";
import type { Person } from "../domain/person.ts";
import { SEES_PEOPLE } from "../domain/role.ts";
import { type Search, withoutAddresses } from "../domain/search.ts";
import type { Page } from "../storage/paging.ts";
import type { Terminal, Terminals } from "../terminals.ts";
import { problem, problemOf } from "./problems.ts";
import { said } from "./said.ts";

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
  throw problem("not_possible", `This is no terminal that you may use: ${nameAnother({ terminals }, whose)}.`, {
    field: "/terminal",
  });
}

/**
 * Whose something shall be that is of one terminal or of all: of the terminal that is named, else as whoever asks is.
 * @throws Problem as `chosenTerminal` does
 */
export function terminalGiven(
  ports: ServesTerminals,
  whose: Whose,
  text: string | null | undefined,
): TerminalId | null {
  const named = said(text);
  return named === null ? whose.terminal : chosenTerminal(ports, whose, named).id;
}

/** Which terminals a request may name: one that is of a terminal is told of no other. */
function nameAnother({ terminals }: ServesTerminals, { terminal }: Whose): string {
  return terminal === null
    ? `leave it out, or name one that this server serves (${terminals.all.map(({ id }) => id).join(", ")})`
    : `leave it out, or name your API key's own (${terminal})`;
}

/** What is wrong with a terminal that a body names where it is no terminal's number; null: nothing. */
export function namedFault(ports: ServesTerminals, whose: Whose, body: unknown): FieldError | null {
  const { terminal } = (body ?? {}) as { readonly terminal?: unknown };
  const named = typeof terminal === "string" ? said(terminal) : null;
  if (named === null || asTerminalId(named) !== null) return null;
  return { field: "/terminal", message: `must be a terminal's number: ${nameAnother(ports, whose)}` };
}

/** Whoever asks for a list. */
interface Asks extends Whose {
  readonly person: Pick<Person, "role"> | null;
}

/**
 * A filter as a request may ask by it: of its own terminal alone, and by nothing of people that the asker is not shown.
 * Null: it asks for another's, of which there is nothing.
 */
export function ownFilter<Filter extends { readonly terminal: TerminalId | null; readonly search?: Search | null }>(
  { terminal, person }: Asks,
  filter: Filter,
): Filter | null {
  const { search = null } = filter;
  const isShown = person === null || SEES_PEOPLE[person.role];
  const known = search === null || isShown ? filter : { ...filter, search: withoutAddresses(search) };
  if (terminal === null) return known;
  return known.terminal === null || known.terminal === terminal ? { ...known, terminal } : null;
}

/** A page of what there is nothing of. */
export const EMPTY_PAGE: Page<never> = { data: [], hasMore: false, next: null };
