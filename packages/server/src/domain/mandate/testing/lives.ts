import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { type Decision, type Given, isRefusal } from "../../decision.ts";
import type { DecisionsOf } from "../../payment/testing/decisions.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../time.ts";
import { applyMandate } from "../apply.ts";
import type * as begin from "../begin.ts";
import { doubtMandate, nameMandate, refuseMandate } from "../begin.ts";
import type * as end from "../end.ts";
import { cancelMandate, finishCancellation } from "../end.ts";
import type { MandateFact, RecordedOfMandate } from "../facts.ts";
import type * as hear from "../hear.ts";
import {
  hearMandate,
  hearNotArrived,
  hearNothingOfMandate,
  leaveErased,
  type MandateReport,
  notifiedOfMandate,
  wantInquiry,
} from "../hear.ts";
import type * as liveIn from "../live-in.ts";
import { eraseMandateCustomer } from "../live-in.ts";
import { lookAtMandate } from "../look.ts";
import { afterMandate, recordedOfMandate } from "../record.ts";
import type { Mandate } from "../state.ts";
import { askedFor } from "./builders.ts";

/** When each life begins. */
export const TEN: Instant = Date.parse("2026-07-01T09:00:00Z");

/** What happens to a mandate, after a while. */
export interface Move {
  readonly waitMs: number;
  /** Whether SIBS says in it that the mandate may be charged, and may be charged now. */
  readonly says: string | null;
  readonly command: (mandate: Mandate, given: Given) => Decision<MandateFact>;
}

const report: fc.Arbitrary<MandateReport> = fc.record({
  status: fc.constantFrom("ACTV", "ACTV", "ACTV", "SSPN", "CNCL", "EXPR", "PEND", "NEWS", null, null, null),
  mandateId: fc.constantFrom("03170048986451307711", null),
  limit: fc.constantFrom(cents(1000), cents(5000), null),
  validUntil: fc.constantFrom("2026-07-03", "2027-12-31", null),
});

const notice = fc.record({
  notification: fc.constant("n1"),
  transactionId: fc.constantFrom("s2creation", null),
  mandateId: fc.constant("03170048986451307711"),
  action: fc.constantFrom("CRTN", "SSPN", "RCTV", "LMUP", "CNCL", "NEWS"),
  actionStatus: fc.constantFrom("SCCS", "RJCT", "RFSD"),
});

/** A decision about a mandate that somebody outside of `domain/` makes; the others are parts of these. */
type OuterDecision = Exclude<
  DecisionsOf<
    { begin: typeof begin; end: typeof end; hear: typeof hear; liveIn: typeof liveIn },
    Mandate,
    Decision<MandateFact>
  >,
  "sendCancellation" | "refuse" | "lapse" | "lapseOverdue" | "withPlans"
>;
type Choice = Omit<Move, "waitMs">;

/** SIBS knows of no consent. */
export const NOTHING: MandateReport = { status: null, mandateId: null, limit: null, validUntil: null };
const named = { transactionId: "s2creation", mandateId: null };
const silently = (command: Move["command"]): fc.Arbitrary<Choice> => fc.constant({ says: null, command });
/** Only before SIBS has named its transaction. */
const beforeNamed = (command: Move["command"]) =>
  silently((mandate, given) => (mandate.transactionId === null ? command(mandate, given) : []));
/** SIBS has made the transaction of it. */
export const NAME: Move["command"] = (mandate, given) => nameMandate(mandate, named, given);
/** The shop ends it. */
export const CANCEL: Move["command"] = (mandate, given) => cancelMandate(mandate, { operation: "mcn_1" }, given);
/** SIBS says nothing in it. */
export const silent = { says: null };

const commands: Readonly<Record<OuterDecision, fc.Arbitrary<Choice>>> = {
  hearMandate: report.map((said) => ({ says: said.status, command: asksWhenNamed(said) })),
  notifiedOfMandate: notice.map((said) => ({
    ...silent,
    command: (one, given) => notifiedOfMandate(one, said, given),
  })),
  nameMandate: silently(NAME),
  doubtMandate: silently(doubtMandate),
  refuseMandate: beforeNamed((mandate, given) => refuseMandate(mandate, "E0506", given)),
  hearNotArrived: beforeNamed(hearNotArrived),
  hearNothingOfMandate: silently(hearNothingOfMandate),
  cancelMandate: silently(CANCEL),
  finishCancellation: silently(finishCancellation),
  wantInquiry: silently(wantInquiry),
  eraseMandateCustomer: silently(eraseMandateCustomer),
  leaveErased: silently((mandate, given) => (mandate.phone === null ? leaveErased(mandate, given) : [])),
};
const { hearMandate: hears, notifiedOfMandate: isNoticed, ...others } = commands;
const command: fc.Arbitrary<Choice> = fc.oneof(
  { weight: 6, arbitrary: hears },
  isNoticed,
  fc.oneof(others.nameMandate, ...Object.values(others)),
);

/** SIBS can only be asked how a mandate stands whose transaction is known. */
export function asksWhenNamed(said: MandateReport): Move["command"] {
  return (mandate, given) =>
    mandate.transactionId === null || mandate.phone === null ? [] : hearMandate(mandate, said, given);
}

/** How long nothing happens. */
export const waitMs = fc.oneof(
  fc.nat(10 * SECOND),
  fc.constantFrom(MINUTE, 5 * MINUTE, 6 * MINUTE, HOUR, DAY, 3 * DAY, 400 * DAY),
);
/** Whatever may happen, in whatever order. */
export const life = fc.array(
  fc.record({ waitMs, chosen: command }).map(({ waitMs, chosen }): Move => ({ waitMs, ...chosen })),
  { maxLength: 40 },
);

/** What one fact makes of a mandate. */
export interface Step {
  readonly before: Mandate;
  readonly after: Mandate;
  /** The same mandate, had every inquiry been written down. */
  readonly told: Mandate;
  readonly lines: readonly RecordedOfMandate[];
  readonly fact: MandateFact;
  readonly says: string | null;
}

/** Leads a mandate through a life, as the server keeps it, and shows each step of it to whoever judges. */
export function live(moves: readonly Move[], judge: (step: Step) => void, first = askedFor(TEN)): Mandate {
  let mandate = first;
  let told = mandate;
  const lines: RecordedOfMandate[] = [];
  let now = TEN;
  for (const { waitMs: wait, says, command: choose } of moves) {
    now += wait;
    const decision = choose(mandate, { now, id: (prefix) => `${prefix}_1` });
    if (isRefusal(decision)) continue;
    for (const fact of decision) {
      told = afterMandate(told, [fact]);
      const seen = lookAtMandate(mandate, [fact]);
      const line = recordedOfMandate(mandate, fact, null);
      if (seen === null) lines.push(line);
      const after = seen ?? applyMandate(mandate, line);
      judge({ before: mandate, after, told, lines, fact, says });
      mandate = after;
    }
  }
  return mandate;
}
