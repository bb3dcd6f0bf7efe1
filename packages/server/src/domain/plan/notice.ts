import { DAY, HOUR, type Instant, MINUTE } from "../time.ts";
import { addDays, type CivilDate, chargeTime, lisbonDate } from "./calendar.ts";
import {
  type Charge,
  chargeOf,
  firstUnannounced,
  isInPlan,
  laterOf,
  type Plan,
  type PlannedMandate,
  takenThrough,
  toAnnounce,
} from "./state.ts";

// Which charge is announced, when, and for when. A plan charges once a day at most, and nothing of which the shop was
// not told a day before.

/** How long before a charge the shop is told of it, so that it can stop it. */
const NOTICE = DAY;
/** The notice of a server that is busy: it may be so much shorter, and no charge is late for that. */
const NOTICE_LESS = MINUTE;
/** How long after its time, or after the customer's consent, the very first charge is still made at once. */
const AT_ONCE_WITHIN = HOUR;

/** When the shop is to be told of a charge that is not announced yet. */
export function announcedFrom({ at }: Charge): Instant {
  return at - NOTICE;
}

/**
 * Whether an announced charge that was not made on its day is left out, as the plan has it: always, or because the time
 * of a later one has come as well.
 */
export function isMissed(plan: Plan, { period, at }: Charge, now: Instant): boolean {
  if (plan.missed === "charge" || lisbonDate(now) <= lisbonDate(at)) return false;
  if (plan.missed === "skip") return true;
  const next = chargeOf(plan, period + 1);
  return isInPlan(plan, next) && next.at <= now;
}

/** What is announced now; null: nothing yet, because what was missed leaves nothing that is near. */
export interface Notice {
  /** The first period that is neither announced nor begun: those from here to the announced one are left out. */
  readonly from: number;
  /** The first that is not left out. */
  readonly to: number;
  readonly charge: Charge | null;
}

/** Decides what to announce at a moment at which something is to be announced. */
export function noticeAt(plan: Plan, mandate: Pick<PlannedMandate, "activatedAt">, now: Instant): Notice {
  const from = firstUnannounced(plan);
  if (isMadeAtOnce(plan, mandate, now)) return { from, to: from, charge: chargeOf(plan, from) };
  const taken = takenThrough(plan);
  const day = laterOf(lisbonDate(now + NOTICE), taken === null ? null : addDays(taken, 1));
  const to = plan.missed === "charge" ? from : choose(plan, toAnnounce(plan)?.period ?? from, day, now);
  const charge = chargeOf(plan, to);
  const isNear = charge.date <= day || now >= announcedFrom(charge);
  if (!isInPlan(plan, charge) || !isNear) return { from, to, charge: null };
  const at = chargeTime(laterOf(charge.date, day));
  return { from, to, charge: { ...charge, at: now + NOTICE <= at + NOTICE_LESS ? at : now + NOTICE } };
}

/**
 * Which period is charged on the first day that is free, of those from a period on that are missed or late. A day has
 * one charge: that of the latest of them, but one whose time has passed is charged only where the plan makes up for the
 * latest.
 */
function choose(plan: Plan, from: number, day: CivilDate, now: Instant): number {
  let ahead = from;
  while (isInPlan(plan, chargeOf(plan, ahead)) && chargeOf(plan, ahead).at <= now) ahead += 1;
  if (plan.missed === "latest" && ahead > from) return ahead - 1;
  for (let next = chargeOf(plan, ahead + 1); isInPlan(plan, next) && next.date <= day; ahead += 1) {
    next = chargeOf(plan, ahead + 2);
  }
  return ahead;
}

/**
 * Whether this is the very first charge, due when the plan was made or the customer agreed: nobody could have told of
 * it a day before.
 */
function isMadeAtOnce(plan: Plan, { activatedAt }: Pick<PlannedMandate, "activatedAt">, now: Instant): boolean {
  if (firstUnannounced(plan) !== 1) return false;
  const { at } = chargeOf(plan, 1);
  const ready = Math.max(plan.createdAt, activatedAt ?? plan.createdAt);
  return at < ready + NOTICE && now < Math.max(at, ready) + AT_ONCE_WITHIN;
}
