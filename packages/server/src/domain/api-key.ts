import type { Cents } from "@caravela/sibs/money";
import { type By, THE_SHOP } from "./by.ts";
import type { ApiKeyId, OperatorId, TerminalId } from "./identifiers.ts";
import type { Person } from "./person.ts";
import type { Instant } from "./time.ts";

/** What an API key may be good for. Each route of the API needs one of these. */
export const SCOPES = ["payments:read", "payments:write", "refunds:write", "events", "reports", "admin"] as const;

export type Scope = (typeof SCOPES)[number];

/** Who has a day of refunds: a key, a person at work, or a person without a second who approves. */
export type Spender = ApiKeyId | OperatorId | `${OperatorId}.alone`;

/** So much may be refunded within a day of Lisbon's by a key or a person, and by whomever they made or invited. */
export interface Budget {
  readonly key: Spender;
  readonly most: Cents;
}

/** What a key is good for. */
export interface Powers {
  /** Whose things it sees and makes: one terminal's; null: all. */
  readonly terminal: TerminalId | null;
  readonly scopes: readonly Scope[];
  /** The most that may be refunded of one payment, and by this key within a day, in cents; null: all there is. */
  readonly refundLimit: Cents | null;
  /** From when on it is good for nothing; null: never. */
  readonly expiresAt: Instant | null;
  /** Whose day each refund by this key counts in: its own, and that of each limited key that it goes back to. */
  readonly budgets: readonly Budget[];
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
  refundLimit: null,
  expiresAt: null,
  budgets: [],
};

/** What somebody would give to another without having it. */
export type Beyond =
  | { readonly what: "terminal"; readonly terminal: TerminalId }
  | { readonly what: "scope"; readonly scope: Scope }
  | { readonly what: "refundLimit"; readonly most: Cents }
  | { readonly what: "expiresAt"; readonly latest: Instant }
  /** Its refunds would not count in the day of whoever gives it. */
  | { readonly what: "budgets" };

/** What of a key's powers goes beyond those of whoever gives it: one may only give what one has. */
export function beyond(giver: Powers, given: Powers): Beyond[] {
  const lacking = given.scopes.filter((scope) => !giver.scopes.includes(scope));
  const refunds = given.scopes.includes("refunds:write");
  const counts = giver.budgets.every(({ key }) => given.budgets.some((one) => one.key === key));
  const isOfOthers = giver.terminal !== null && given.terminal !== giver.terminal;
  return [
    ...(isOfOthers ? [{ what: "terminal", terminal: giver.terminal } as const] : []),
    ...lacking.map((scope) => ({ what: "scope", scope }) as const),
    ...(refunds && exceeds(given.refundLimit, giver.refundLimit)
      ? [{ what: "refundLimit", most: giver.refundLimit } as const]
      : []),
    ...(exceeds(given.expiresAt, giver.expiresAt) ? [{ what: "expiresAt", latest: giver.expiresAt } as const] : []),
    ...(refunds && !counts ? [{ what: "budgets" } as const] : []),
  ];
}

/** Whether something goes beyond a bound; null: without one. */
function exceeds<N extends number>(value: N | null, most: N | null): most is N {
  return most !== null && (value === null || value > most);
}

/** The budgets of a new key or colleague: their own, where they have a limit, beside those of whoever gives it. */
export function budgetsOf(key: Spender, refundLimit: Cents | null, maker: Pick<Powers, "budgets">): readonly Budget[] {
  return refundLimit === null ? maker.budgets : [...maker.budgets, { key, most: refundLimit }];
}
