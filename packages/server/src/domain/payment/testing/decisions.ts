import * as decision from "../../decision.ts";
import * as approvals from "../approve.ts";
import * as attempts from "../begin.ts";
import * as tasks from "../due.ts";
import * as endings from "../end.ts";
import * as reports from "../hear.ts";
import * as notFound from "../not-found.ts";
import * as operations from "../operations.ts";
import * as planCharges from "../plan-charges.ts";
import * as resends from "../resend.ts";
import * as settlements from "../settle.ts";
import type { Payment } from "../state.ts";
import * as withdrawals from "../withdraw.ts";

/** The files in which something is decided about a payment, by their names. */
export const PAYMENT_DECISIONS = {
  ...{
    approvals,
    attempts,
    decision,
    endings,
    "not-found": notFound,
    operations,
    "plan-charges": planCharges,
    reports,
  },
  ...{ resends, settlements, tasks, withdrawals },
};

/** Decisions that are parts of others: nobody outside of `domain/` makes them. */
export const INNER_DECISIONS = [
  ...(["approve", "aboutApproved", "refute", "endAsSaid", "askPerson", "requestedAndSent", "sendOperation"] as const),
  ...(["askedOfAttempt", "stopped", "withdrawAgain"] as const),
] as const;

type Exported<Files> = Files extends Record<string, infer File> ? File : never;
type DecisionsIn<File, State, Outcome> = File extends object
  ? { [Name in keyof File]: File[Name] extends (state: State, ...given: never[]) => Outcome ? Name : never }[keyof File]
  : never;

/** The names of all that is exported by some files and makes facts of a state. */
export type DecisionsOf<Files, State, Outcome> = DecisionsIn<Exported<Files>, State, Outcome>;

/** A decision about a payment that somebody outside of `domain/` makes: each has its place in the random lives. */
export type OuterDecision = Exclude<
  DecisionsOf<typeof PAYMENT_DECISIONS, Payment, decision.Decision>,
  (typeof INNER_DECISIONS)[number]
>;
