import { httpProblems } from "@caravela/platform/problems";
import type { Static } from "typebox";
import type { AskedAttempt } from "../../attempts/begin.ts";
import type { Payment } from "../../domain/payment/state.ts";
import type { attemptBody } from "../schemas.ts";

/** The body of a new attempt. */
export type AttemptBody = Static<typeof attemptBody>;

/** How an attempt by one method is asked for. */
export interface AttemptReader {
  /** The members that it takes beside `method`. */
  readonly takes: readonly string[];
  /** @throws Problem naming each field at fault. */
  read(body: AttemptBody, payment: Payment, now: Date): AskedAttempt;
}

/** @throws Problem 400 naming the field that this method needs. */
export function missing(field: string): never {
  throw httpProblems.invalidRequest([{ field, message: "is missing" }]);
}
