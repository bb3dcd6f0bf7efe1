import * as approve from "../approve.ts";
import * as begin from "../begin.ts";
import type { Decision } from "../decision.ts";
import * as due from "../due.ts";
import * as end from "../end.ts";
import * as expiring from "../expiring.ts";
import * as hear from "../hear.ts";
import * as liveIn from "../live-in.ts";
import * as notFound from "../not-found.ts";
import * as operate from "../operate.ts";
import * as overlap from "../overlap.ts";
import * as owed from "../owed.ts";
import * as planCharges from "../plan-charges.ts";
import * as resend from "../resend.ts";
import * as settle from "../settle.ts";
import type { Payment } from "../state.ts";
import * as wish from "../wish.ts";
import * as withdraw from "../withdraw.ts";

/** The files in which something is decided about a payment, by their names. */
export const PAYMENT_DECISIONS = {
  approve,
  begin,
  due,
  end,
  expiring,
  hear,
  "live-in": liveIn,
  "not-found": notFound,
  operate,
  overlap,
  owed,
  "plan-charges": planCharges,
  resend,
  settle,
  withdraw,
  wish,
};

/** Decisions that are parts of others: nobody outside of `domain/` makes them. */
export const INNER_DECISIONS = [
  "approve",
  "aboutApproved",
  "refute",
  "endAsSaid",
  "askPerson",
  "requestedAndSent",
  "sendOperation",
  "askedOfAttempt",
  "failed",
  "stopped",
  "withdrawAgain",
] as const;

type Exported<Files> = Files extends Record<string, infer File> ? File : never;
type DecisionsIn<File, State, Outcome> = File extends object
  ? { [Name in keyof File]: File[Name] extends (state: State, ...given: never[]) => Outcome ? Name : never }[keyof File]
  : never;

/** The names of all that is exported by some files and makes facts of a state. */
export type DecisionsOf<Files, State, Outcome> = DecisionsIn<Exported<Files>, State, Outcome>;

/** A decision about a payment that somebody outside of `domain/` makes: each has its place in the random lives. */
export type OuterDecision = Exclude<
  DecisionsOf<typeof PAYMENT_DECISIONS, Payment, Decision>,
  (typeof INNER_DECISIONS)[number]
>;
