import type { IncomingHttpHeaders } from "node:http";
import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Execution } from "@caravela/sibs";
import type { Mandates } from "../mandates/mandates.ts";
import type { Tokens } from "../tokens/tokens.ts";
import type { Transactions } from "../transactions/transactions.ts";
import { execution } from "./answers.ts";
import type { Caller } from "./credentials.ts";
import type { Signatures } from "./signature.ts";

/** What the calls work with. */
export interface Gateway {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly transactions: Transactions;
  readonly mandates: Mandates;
  readonly signatures: Signatures;
  readonly tokens: Tokens;
}

/** One call whose credentials are good: who calls, about which transaction, and what they say. */
export interface Call {
  readonly caller: Caller;
  readonly startedAt: Date;
  /** The gateway's address as the caller knows it, without a slash at the end. */
  readonly origin: string;
  /** The `{transactionID}` of the path, or empty. */
  readonly transactionId: string;
  readonly headers: IncomingHttpHeaders;
  readonly query: Readonly<Record<string, unknown>>;
  /** The JSON body; undefined when there is none. */
  readonly body: unknown;
}

/** The call's `execution`, ending now. */
export function executionOf(call: Call, { clock }: Gateway): Execution {
  return execution(call.startedAt, clock.now());
}

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const DIGITS = "0123456789";

/** A transactionID: 20 letters and digits, beginning with `s2` as in every sample (reference 2.11). */
export function newTransactionId(chance: Chance): string {
  return `s2${chance.text(LETTERS_AND_DIGITS, 18)}`;
}

/** SIBS's other number of a transaction, of the form `S13073800474198S` (captured, reference 8.2). */
export function newRecipientId(chance: Chance): string {
  return `S${chance.text(DIGITS, 14)}S`;
}

/** A Multibanco reference: nine digits, which may begin with zero (reference 3.3). */
export function newReferenceNumber(chance: Chance): string {
  return chance.text(DIGITS, 9);
}

/** A mandate's id: twenty digits, which may begin with zero (reference 6.1). */
export function newMandateId(chance: Chance): string {
  return chance.text(DIGITS, 20);
}

/** A token: 40 characters, as in samples (reference 7.4). */
export function newToken(chance: Chance): string {
  return chance.text("0123456789abcdef", 40);
}
