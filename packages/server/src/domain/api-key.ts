import type { Cents } from "@caravela/sibs/money";
import { type By, THE_SHOP } from "./by.ts";
import type { TerminalId } from "./identifiers.ts";
import { LIMIT_NAMES, LIMITED, type Limited, type Limits, NO_LIMITS } from "./limit.ts";
import type { Person } from "./person.ts";
import type { Instant } from "./time.ts";

/** What an API key may be good for. Each route of the API needs one of these. */
export const SCOPES = ["payments:read", "payments:write", "refunds:write", "events", "reports", "admin"] as const;

export type Scope = (typeof SCOPES)[number];

/** What a key is good for. */
export interface Powers {
  /** Whose things it sees and makes: one terminal's; null: all. */
  readonly terminal: TerminalId | null;
  readonly scopes: readonly Scope[];
  readonly limits: Limits;
  /** From when on it is good for nothing; null: never. */
  readonly expiresAt: Instant | null;
}

/** Whoever asks something of the API: by which key or as which person, and what they may. */
export interface Caller extends Powers {
  readonly by: By;
  /** Null: it came by a key. */
  readonly person: Person | null;
  /** So much of one payment may be given back without a fresh touch of the passkey, in cents; null: all of it. */
  readonly touchAbove: Cents | null;
}

/** Whoever has the key of the settings, CARAVELA_API_KEY: everything, without an end. */
export const FIRST_KEY: Caller = {
  by: THE_SHOP,
  person: null,
  touchAbove: null,
  terminal: null,
  scopes: SCOPES,
  limits: NO_LIMITS,
  expiresAt: null,
};

/** What somebody would give to another without having it. */
export type Beyond =
  | { readonly what: "terminal"; readonly terminal: TerminalId }
  | { readonly what: "scope"; readonly scope: Scope }
  | { readonly what: (typeof LIMIT_NAMES)[Limited]; readonly most: Cents }
  | { readonly what: "expiresAt"; readonly latest: Instant }
  /** What is done by it would not count in the day of whoever gives it. */
  | { readonly what: "budgets"; readonly of: Limited };

/** What a key must be good for to have to do with a limit. */
const LIMITED_BY: Readonly<Record<Limited, Scope>> = { refund: "refunds:write", capture: "payments:write" };

/**
 * What of a key's powers goes beyond those of whoever gives it: one may only give what one has. `limited`: which limits
 * it has to do with.
 */
export function beyond(giver: Powers, given: Powers, limited = limitedBy(given)): Beyond[] {
  const lacking = given.scopes.filter((scope) => !giver.scopes.includes(scope));
  const isOfOthers = giver.terminal !== null && given.terminal !== giver.terminal;
  return [
    ...(isOfOthers ? [{ what: "terminal", terminal: giver.terminal } as const] : []),
    ...lacking.map((scope) => ({ what: "scope", scope }) as const),
    ...limited.flatMap((kind) => {
      const { most } = giver.limits[kind];
      return exceeds(given.limits[kind].most, most) ? [{ what: LIMIT_NAMES[kind], most }] : [];
    }),
    ...(exceeds(given.expiresAt, giver.expiresAt) ? [{ what: "expiresAt", latest: giver.expiresAt } as const] : []),
    ...limited.flatMap((of) => (countsWith(giver, given, of) ? [] : [{ what: "budgets", of } as const])),
  ];
}

function limitedBy({ scopes }: Powers): readonly Limited[] {
  return LIMITED.filter((kind) => scopes.includes(LIMITED_BY[kind]));
}

/** Whether something goes beyond a bound; null: without one. */
function exceeds<N extends number>(value: N | null, most: N | null): most is N {
  return most !== null && (value === null || value > most);
}

/** Whether what is done by what is given counts in every day of whoever gives it. */
function countsWith(giver: Powers, given: Powers, kind: Limited): boolean {
  const { budgets } = given.limits[kind];
  return giver.limits[kind].budgets.every(({ key }) => budgets.some((one) => one.key === key));
}
