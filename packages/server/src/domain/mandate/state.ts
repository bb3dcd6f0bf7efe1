import type { Cents } from "@caravela/sibs/money";
import type { Phone } from "@caravela/sibs/phone";
import type { Asked } from "../asked.ts";
import type { Cases } from "../cases.ts";
import type { Failure } from "../failure.ts";
import type { MandateCancellationId, MandateId, TerminalId } from "../identifiers.ts";
import type { Locale } from "../locale.ts";
import type { Plan } from "../plan/state.ts";
import { type Instant, secondsUntil } from "../time.ts";

/**
 * `pending`: asked for, on the customer's phone or on its way there. `active`: may be charged. `suspended`: paused by
 * the customer. `canceled`: ended by the shop, or by the customer. `expired`: the end that the customer set is past, or
 * the request was not answered. `refused`: the customer said no, or SIBS did.
 */
export const MANDATE_STATUSES = ["pending", "active", "suspended", "canceled", "expired", "refused"] as const;

export type MandateStatus = (typeof MANDATE_STATUSES)[number];

/** `subscription`: the customer's limit is per calendar month. `oneclick`: per purchase (reference 6). */
export type MandateType = "subscription" | "oneclick";

/** Whom the shop asks. The name is what SIBS shows as the holder. */
export interface MandateCustomer {
  readonly id: string | null;
  /** Null: erased since. */
  readonly name: string | null;
}

/** What the shop asked for, as it was recorded. */
export interface NewMandate {
  readonly id: MandateId;
  /** At which it is asked for, charged and ended. Null: made before mandates remembered theirs. */
  readonly terminal: TerminalId | null;
  /** The unguessable word in the address of the page where the customer agrees. */
  readonly authorizeToken: string;
  /** The unguessable word in the address of the page where the customer sees what was charged, and ends it. */
  readonly manageToken: string;
  readonly type: MandateType;
  /** As `351#9XXXXXXXX`. Null: the customer was erased since. */
  readonly phone: Phone | null;
  readonly customer: MandateCustomer;
  /** Null: the customer was erased since. */
  readonly description: string | null;
  readonly reference: string | null;
  readonly returnUrl: string | null;
  /** Where a customer goes who would rather not agree; null: where they would go once they have. */
  readonly cancelUrl: string | null;
  /** In which language its pages are; null: as the customer's browser asks. */
  readonly locale: Locale | null;
}

/** The same as it is asked for: nothing of its customer is unknown. */
export interface RequestedMandate extends NewMandate {
  readonly phone: Phone;
  readonly customer: MandateCustomer & { readonly name: string };
  readonly description: string;
}

/**
 * A call that ends the mandate at SIBS. It moves no money and is sent again until SIBS says that the mandate is over.
 */
export interface MandateCancellation {
  /** The merchantTransactionId of the call; further ones have `.2`, `.3` … after it. */
  readonly operation: MandateCancellationId;
  /** How often it was sent. */
  readonly tries: number;
  readonly sentAt: Instant | null;
  /** When SIBS said that it is over. */
  readonly doneAt: Instant | null;
}

/** What SIBS notifies of a mandate, in its own words (reference 10.5). */
export interface MandateNotice {
  /** `CRTN` asked for, `SSPN` suspended, `RCTV` reactivated, `LMUP` limit or end changed, `CNCL` cancelled. */
  readonly action: string;
  /** `SCCS` done, `RFSD` refused by the customer, `RJCT` rejected. */
  readonly actionStatus: string;
  readonly at: Instant;
}

/** What a mandate has whatever its status is. */
interface AnyMandate extends NewMandate {
  /** The request was sent and its answer was lost: a phone may have been asked. A flag, not a status. */
  readonly inDoubt: boolean;
  readonly doubtSince: Instant | null;
  /** Since when SIBS keeps saying that the request whose answer was lost has not arrived. */
  readonly notArrivedSince: Instant | null;
  /** SIBS's transaction of the creation, by which it is asked about; null until SIBS has named it. */
  readonly transactionId: string | null;
  /** SIBS's own id, by which it is charged. */
  readonly mandateId: string | null;
  /** In cents, as the customer set it: per month, or per purchase. Null until the customer agreed. */
  readonly limit: Cents | null;
  /** `2027-12-31`, valid through that day in Lisbon. Null until the customer agreed. */
  readonly validUntil: string | null;
  readonly createdAt: Instant;
  /** When the request was sent; committed before it was. */
  readonly submittedAt: Instant;
  /** Until when the customer can answer on the phone. */
  readonly expiresAt: Instant;
  readonly cancellation: MandateCancellation | null;
  /** What SIBS last notified, while no inquiry has shown it yet. */
  readonly noticed: MandateNotice | null;
  /**
   * When this mandate itself wants to be looked at next; null when nothing more is expected of it. Plans have their own
   * moments.
   */
  readonly askAt: Instant | null;
  /** What SIBS said when it was last asked how it stands; null: it was not, as far as this version knows. */
  readonly asked: Asked | null;
  readonly plans: readonly Plan[];
  /** When all that was known of its customer was erased; null: it was not. */
  readonly erasedAt: Instant | null;
  /** How many facts the journal holds; a decision is written only on the version it was made on. */
  readonly version: number;
  /** How many events it has had. */
  readonly sequence: number;
  /** What inquiries have come to since its last fact, as it is known here already. Stored beside the state. */
  readonly looks: MandateLook | null;
  /**
   * How many inquiries were no facts. Stored beside the state; a decision is written only on the looks it was made on.
   */
  readonly looked: number;
}

/** What inquiries change of a mandate without saying anything new of it. */
export interface MandateLook {
  readonly asked: Asked | null;
  readonly askAt: Instant | null;
}

/**
 * What each status of a mandate brings with it: when the customer agreed, when it ended, and why where it never came
 * about.
 */
interface MandateCases {
  readonly pending: { readonly activatedAt: null; readonly endedAt: null; readonly failure: null };
  readonly active: { readonly activatedAt: Instant; readonly endedAt: null; readonly failure: null };
  readonly suspended: { readonly activatedAt: Instant; readonly endedAt: null; readonly failure: null };
  /** Canceled after its request had not been answered, it keeps why. */
  readonly canceled: {
    readonly activatedAt: Instant | null;
    readonly endedAt: Instant;
    readonly failure: Failure | null;
  };
  /** The end that the customer set is past; or the request was not answered, and that is its failure. */
  readonly expired: {
    readonly activatedAt: Instant | null;
    readonly endedAt: Instant;
    readonly failure: Failure | null;
  };
  readonly refused: { readonly activatedAt: null; readonly endedAt: Instant; readonly failure: Failure };
}

/**
 * A mandate: a customer's standing consent to be charged, with the limit and the end that the customer set in the app.
 */
export type Mandate = Cases<AnyMandate, MandateCases>;

/** What is shown of a mandate's customer, and what for they agreed. */
interface Known {
  readonly phone: Phone;
  readonly description: string;
}

/** What is known of a mandate whose customer was not erased. @throws TypeError where they were. */
export function knownOf({ id, phone, description }: Mandate): Known {
  if (phone === null || description === null) throw new TypeError(`the customer of ${id} was erased`);
  return { phone, description };
}

/** Whether the customer has agreed and nobody has ended it: it may be suspended. */
export function isAlive({ status }: Mandate): boolean {
  return status === "active" || status === "suspended";
}

/** Whole seconds that the customer has left to answer on the phone, never negative; null when nothing waits there. */
export function secondsLeft(mandate: Mandate, now: Instant): number | null {
  if (mandate.status !== "pending") return null;
  return secondsUntil(mandate.expiresAt, now);
}
