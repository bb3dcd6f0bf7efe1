import type { Clock } from "@caravela/platform/clock";
import { httpProblems } from "@caravela/platform/problems";
import type { Static } from "typebox";
import type { AskedAttempt } from "../../attempts/begin.ts";
import type { Payment } from "../../domain/payment/state.ts";
import type { KnowsTerminals } from "../../terminals.ts";
import type { attemptBody } from "../schemas.ts";

/** What reading an attempt may touch. */
export type ReadsAttempts = KnowsTerminals & { readonly clock: Clock };

/** The body of a new attempt. */
export type AttemptBody = Static<typeof attemptBody>;

/** How an attempt by one method is asked for. */
export interface AttemptReader {
  /** The members that it takes beside `method`. */
  readonly takes: readonly string[];
  /** @throws Problem naming each field at fault. */
  read(body: AttemptBody, payment: Payment, ports: ReadsAttempts): AskedAttempt;
}

/** @throws Problem 400 naming the field that this method needs. */
export function missing(field: string): never {
  throw httpProblems.invalidRequest([{ field, message: "is missing" }]);
}
