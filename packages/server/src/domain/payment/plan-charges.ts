import type { Given } from "../decision.ts";
import type { PlanId } from "../identifiers.ts";
import { ANSWER_WINDOW, growingWait, lapsesAt } from "../patience.ts";
import { findPlan, isMandateOver, type PlannedMandate } from "../plan/state.ts";
import { DAY, HOUR, type Instant } from "../time.ts";
import { type Attempt, MOST_ATTEMPTS } from "./attempt.ts";
import type { Fact } from "./facts.ts";
import type { Payment } from "./state.ts";

/**
 * How long a plan's payment waits for its customer: the tries of its policy, and time to settle it by another way after
 * the last.
 */
export const PLAN_PAYMENT_LIFE = 10 * DAY;

/** A try that never reached SIBS is repeated after an hour, then after two, four…, each day at last. */
const UNSENT_AGAIN_AFTER = HOUR;
const UNSENT_AGAIN_WITHIN = DAY;

/** How long a charge waits for a mandate or a plan that is not active at the moment. */
const PUT_OFF_FOR = 6 * HOUR;

/**
 * When a plan's payment charges its mandate next, by itself: at once, then by its policy while it is refused. Null: it
 * is no plan's payment, is under way or over, needs a person, or has used up its tries.
 */
export function nextTryAt(payment: Payment): Instant | null {
  const { plan, status, attention, charging, attempts, expiresAt } = payment;
  if (plan === null || status !== "open" || attention !== null || charging.isStopped) return null;
  if (attempts.length >= MOST_ATTEMPTS) return null;
  const tries = attempts.filter(isTry);
  const byPolicy = nextByPolicy(plan.retryAfterDays, tries.filter(wasRefused), payment.createdAt);
  if (byPolicy === null) return null;
  const at = Math.max(byPolicy, afterUnsent(tries) ?? byPolicy, charging.putOffUntil ?? byPolicy, ...askedAbout(tries));
  return at < expiresAt ? at : null;
}

/** Whether a plan's payment may begin a try now. */
export function tryIsDue(payment: Payment, { now }: Given): boolean {
  const at = nextTryAt(payment);
  return at !== null && at <= now;
}

/**
 * Whether a try may be made as mandate and plan stand. `later`: one of them is suspended or paused, and may be taken up
 * again. `never`: the mandate is over, or somebody has canceled the plan; whoever cancels wants nothing charged any
 * more, what was refused before included.
 */
export function mayTry(mandate: PlannedMandate, planId: PlanId): "now" | "later" | "never" {
  const plan = findPlan(mandate, planId);
  if (isMandateOver(mandate) || plan?.status === "canceled") return "never";
  return mandate.status === "active" && plan?.status !== "paused" ? "now" : "later";
}

/** The mandate, or the plan, is not active at the moment: its charge waits, and looks again. */
export function putOffCharge(payment: Payment, given: Given): readonly Fact[] {
  if (!tryIsDue(payment, given)) return [];
  return [{ kind: "charge_put_off", at: given.now, until: given.now + PUT_OFF_FOR }];
}

/**
 * The mandate or the plan is over: nothing is charged by it any more. The customer may still pay by another way until
 * the payment expires.
 */
export function stopCharges(payment: Payment, given: Given): readonly Fact[] {
  if (nextTryAt(payment) === null) return [];
  return [{ kind: "charges_stopped", at: given.now }];
}

/** A try that was made by itself; what the customer tried meanwhile, on the page, is none. */
function isTry({ mandate, initiator }: Attempt): boolean {
  return mandate !== null && initiator === "merchant";
}

/** Whether a try was refused; one that never reached SIBS was not. */
function wasRefused({ submittedAt, failure }: Attempt): boolean {
  if (failure === null) return false;
  return failure.reason === "unknown_mandate" || (submittedAt !== null && failure.reason !== "not_sent");
}

/**
 * When SIBS is asked next whether an earlier try was not approved after all: nothing more is charged before it has
 * answered that, unless a person has settled it meanwhile.
 */
function askedAbout(tries: readonly Attempt[]): Instant[] {
  return tries.flatMap((one) =>
    one.endedAt === null || one.askAt === null || one.settled !== null || isForLateMoneyAlone(one) ? [] : [one.askAt],
  );
}

/**
 * Whether a try that counts as never sent could not be answered any more by the time it is asked about: nothing waits
 * for that look.
 */
function isForLateMoneyAlone({ failure, checkoutExpiresAt, askAt }: Attempt): boolean {
  if (failure?.reason !== "not_sent" || checkoutExpiresAt === null || askAt === null) return false;
  return askAt > lapsesAt(checkoutExpiresAt, ANSWER_WINDOW);
}

/** Counted from the moment at which the first refused try was sent. */
function nextByPolicy(afterDays: readonly number[], refused: readonly Attempt[], createdAt: Instant): Instant | null {
  const [first] = refused;
  if (first === undefined) return createdAt;
  const days = afterDays[refused.length - 1];
  return days === undefined ? null : (first.submittedAt ?? first.createdAt) + days * DAY;
}

/** When to try again what did not reach SIBS the last times, or is on its way; null: the last try did. */
function afterUnsent(tries: readonly Attempt[]): Instant | null {
  const last = tries.at(-1);
  const unsent = tries.length - 1 - tries.findLastIndex(wasRefused);
  if (last === undefined || unsent === 0) return null;
  const wait = growingWait(UNSENT_AGAIN_AFTER, unsent, UNSENT_AGAIN_WITHIN);
  return (last.endedAt ?? last.createdAt) + wait;
}
