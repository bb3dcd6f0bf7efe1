import { ANSWER_WINDOW } from "../patience.ts";
import { chargeOf, findPlan, MISSED_WITHOUT_CHOICE, type NewPlan } from "../plan/state.ts";
import { DECIDED_SINCE, type StoredFact } from "../stored.ts";
import { HOUR, type Instant } from "../time.ts";
import { applyMandate } from "./apply.ts";
import type { MandateFact, RecordedOfMandate } from "./facts.ts";
import { recordedOfMandate } from "./record.ts";
import { nextMandateAsk } from "./schedule.ts";
import type { Mandate } from "./state.ts";

// As for payments: what an earlier version left to the rules is asked of them here.

/**
 * The state after a whole journal, of this version or of earlier ones.
 * @throws TypeError when it does not begin with the creation.
 */
export function replayMandate(journal: Iterable<StoredFact>): Mandate {
  let mandate: Mandate | null = null;
  for (const stored of journal) mandate = applyMandate(mandate, bringUpMandateFact(mandate, stored));
  if (mandate === null) throw new TypeError("a journal begins with mandate_created");
  return mandate;
}

/**
 * A fact as it was stored, by this version or an earlier one, in today's words. `mandate`: as it was before; null: it
 * is the first.
 */
export function bringUpMandateFact(
  mandate: Mandate | null,
  { kind, at, version, data }: StoredFact,
): RecordedOfMandate {
  const fact = { kind: kind === "mandate_noticed" ? "mandate_notified" : kind, at: at.getTime(), ...data };
  if (version >= DECIDED_SINCE) return fact as RecordedOfMandate;
  const decided = { ...fact, ...decidedThen(mandate, fact as MandateFact) } as MandateFact;
  return recordedOfMandate(mandate, decided, null, nextMandateAskThen);
}

/** Those versions asked about a mandate that is alive on the hour of the day at which it began. */
function nextMandateAskThen(mandate: Mandate, after: Instant): Instant | null {
  const { createdAt } = mandate;
  return nextMandateAsk({ ...mandate, createdAt: createdAt - (createdAt % HOUR) }, after);
}

const WITHOUT_CHOICE: Partial<NewPlan> = { missed: MISSED_WITHOUT_CHOICE };

/** What earlier versions left to the rules of whoever adds up. */
function decidedThen(mandate: Mandate | null, fact: MandateFact): object {
  switch (fact.kind) {
    case "mandate_created":
      return { expiresAt: fact.at + ANSWER_WINDOW };
    case "plan_created":
      return { terms: { ...WITHOUT_CHOICE, ...fact.terms } };
    case "charge_announced": {
      const plan = mandate === null ? undefined : findPlan(mandate, fact.plan);
      // the first that is announced is made by its date, where nothing says otherwise
      return plan === undefined || plan.announcedAt === null ? {} : { due: fact.due ?? chargeOf(plan, fact.period).at };
    }
    default:
      return {};
  }
}
