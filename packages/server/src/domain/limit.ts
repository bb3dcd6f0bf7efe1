import { type Cents, cents } from "@caravela/sibs/money";
import type { ApiKeyId, OperatorId } from "./identifiers.ts";

/** What of a payment's money a key or a person may move up to a limit of their own. */
export const LIMITED = ["refund", "capture"] as const;

export type Limited = (typeof LIMITED)[number];

/** What the limit of each is called where it is set and shown. */
export const LIMIT_NAMES = { refund: "refundLimit", capture: "captureLimit" } as const satisfies Readonly<
  Record<Limited, string>
>;

/** The limits by these names, in cents; null: there is none. */
export type NamedLimits = Readonly<Record<(typeof LIMIT_NAMES)[Limited], Cents | null>>;

type Whose = ApiKeyId | OperatorId;

/**
 * Who has a day that something counts in: a key or a person, with their refunds or, apart from these, their captures;
 * and a person with what they give back without a second one, or without a fresh touch of the passkey.
 */
export type Spender = Whose | `${Whose}.captures` | `${OperatorId}.${"alone" | "untouched"}`;

/** So much may come together within a day of Lisbon's by a key or a person, and by whomever they made or invited. */
export interface Budget {
  readonly key: Spender;
  readonly most: Cents;
}

/** How far one may go with one of these. */
export interface Limit {
  /** The most of one payment, whoever did it, and within their own day, in cents; null: all there is. */
  readonly most: Cents | null;
  /** Whose day each counts in: their own, and that of each limited one that it goes back to. */
  readonly budgets: readonly Budget[];
}

export type Limits = Readonly<Record<Limited, Limit>>;

export const NOT_LIMITED: NamedLimits = { refundLimit: null, captureLimit: null };
export const NO_LIMITS: Limits = { refund: { most: null, budgets: [] }, capture: { most: null, budgets: [] } };

/** The limits of something, as `limitOf` has each. */
export function eachLimit(limitOf: (kind: Limited) => Limit): Limits {
  return { refund: limitOf("refund"), capture: limitOf("capture") };
}

/** The most of each, as it is shown. */
export function namedLimits({ refund, capture }: Limits): NamedLimits {
  return { refundLimit: refund.most, captureLimit: capture.most };
}

/** What is given counts in the days of whoever gives it, but for one that is the receiver's own. */
export function givenLimits(id: Whose, most: NamedLimits, giver: Limits): Limits {
  return eachLimit((kind) => ({
    most: most[LIMIT_NAMES[kind]],
    budgets: giver[kind].budgets.filter(({ key }) => key !== dayOf(kind, id)),
  }));
}

/** With the days of a key's or a colleague's own, where they have a limit, beside those of whoever gave it. */
export function withOwnDays(id: Whose, limits: Limits): Limits {
  return eachLimit((kind) => {
    const { most, budgets } = limits[kind];
    return most === null ? limits[kind] : { most, budgets: [...budgets, { key: dayOf(kind, id), most }] };
  });
}

function dayOf(kind: Limited, id: Whose): Spender {
  return kind === "refund" ? id : `${id}.captures`;
}

/** What is said of limits, in cents: what is not said is absent. */
export function namedIn(
  said: {
    readonly [name in keyof NamedLimits]?: number | null | undefined;
  },
): Partial<NamedLimits> {
  const named = LIMITED.map((kind) => LIMIT_NAMES[kind]).flatMap((name) => {
    const most = said[name];
    return most === undefined ? [] : [[name, most === null ? null : cents(most)] as const];
  });
  return Object.fromEntries(named);
}
