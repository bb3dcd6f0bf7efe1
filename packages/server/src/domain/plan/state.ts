import type { Cents } from "@caravela/sibs/money";
import type { Cases } from "../cases.ts";
import type { PaymentId, PlanId } from "../identifiers.ts";
import type { Instant } from "../time.ts";
import { addDays, addMonths, type CivilDate, chargeTime, lisbonDate, startOfDay } from "./calendar.ts";

/** How often a plan charges: once a month, or every so many days. */
export type Every = "month" | { readonly days: number };

/**
 * `pending`: waits for its mandate to be approved. `active`: charges. `paused`: charges nothing until it is resumed.
 * `ended`: charged all that it was to charge. `canceled`: ended by the shop, or with its mandate.
 */
export const PLAN_STATUSES = ["pending", "active", "paused", "ended", "canceled"] as const;

export type PlanStatus = (typeof PLAN_STATUSES)[number];

/**
 * What becomes of charges whose time came while nothing could charge: each is made up for, only the latest is, or none
 * is. In any case one charge a day at most, and each with its notice.
 */
export type Missed = "charge" | "latest" | "skip";

/** What a plan does that was made before there was a choice: it charges all that has passed. */
export const MISSED_WITHOUT_CHOICE: Missed = "charge";

/** After how many days, counted from the first try, a refused charge is tried again. */
export interface RetryPolicy {
  readonly afterDays: readonly number[];
}

/** Try again after one, three and seven days: past the next salary, within the ten days that a plan's payment lasts. */
export const RETRIES: RetryPolicy = { afterDays: [1, 3, 7] };

/** What the shop asked for, as it was recorded. */
export interface NewPlan {
  readonly id: PlanId;
  readonly amount: Cents;
  readonly currency: "EUR";
  readonly every: Every;
  /** Of the first charge; every later date is reckoned from it. */
  readonly firstDate: CivilDate;
  /** Nothing is charged after this date. Null: it charges until somebody ends it. */
  readonly endDate: CivilDate | null;
  readonly description: string | null;
  /** The shop's own; each payment of the plan has it. */
  readonly reference: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly retries: RetryPolicy;
  readonly missed: Missed;
}

/** One period's charge: which, on what date, and at what moment. */
export interface Charge {
  /** Counted from 1. */
  readonly period: number;
  readonly date: CivilDate;
  readonly at: Instant;
}

/**
 * A charge of which the shop was told. `at`: when it is made, which is later than its date where the notice came late.
 */
export interface AnnouncedCharge extends Charge {
  readonly announcedAt: Instant;
}

/** A charge that is decided: its payment's id is committed, and the payment is being made. */
export interface BegunCharge {
  readonly period: number;
  readonly date: CivilDate;
  readonly payment: PaymentId;
  readonly at: Instant;
}

/** What is charged up to a period, that one included, because it was announced or begun before another was set. */
export interface EarlierAmount {
  readonly through: number;
  readonly amount: Cents;
}

/** What a plan has whatever its status is. Its `amount` is that of all charges that have no earlier one. */
interface AnyPlan extends NewPlan {
  /** The earliest first. */
  readonly amountsBefore: readonly EarlierAmount[];
  /** The first period that is neither begun nor left out. */
  readonly nextPeriod: number;
  /** When that period's charge was announced. */
  readonly announcedAt: Instant | null;
  /**
   * When the charge that was announced is made. Null: nothing is announced, or, before charges could be late, on its
   * date.
   */
  readonly chargeAt: Instant | null;
  /** The one that was announced after it: a charge of each day is announced before that of the day before is made. */
  readonly ahead: AnnouncedCharge | null;
  /** In Lisbon. Null: it has not charged yet, or not since charges are counted by the day. */
  readonly lastChargedOn: CivilDate | null;
  /** The charge whose payment is not known to be there yet. */
  readonly begun: BegunCharge | null;
  /** How many payments it made. */
  readonly charged: number;
  readonly createdAt: Instant;
  /** When it was paused last; null: never, or not as far as an earlier version kept it. */
  readonly pausedAt: Instant | null;
}

/** What each status of a plan brings with it. */
interface PlanCases {
  readonly pending: { readonly endedAt: null };
  readonly active: { readonly endedAt: null };
  readonly paused: { readonly endedAt: null };
  readonly ended: { readonly endedAt: Instant };
  readonly canceled: { readonly endedAt: Instant };
}

/** A schedule of charges on a mandate: one payment for each period. */
export type Plan = Cases<AnyPlan, PlanCases>;

/** What a plan must know of the mandate that it charges. */
export interface PlannedMandate {
  readonly status: string;
  readonly type: string;
  readonly activatedAt: Instant | null;
  /** In cents, as the customer set it; null: not known yet. */
  readonly limit: Cents | null;
  /** The last day on which it can be charged, as far as it is known. */
  readonly validUntil: CivilDate | null;
  readonly plans: readonly Plan[];
}

/**
 * The charge of a period: reckoned from the first date, so that a short month shortens no other (31 January, 28
 * February, 31 March).
 */
export function chargeOf({ every, firstDate }: Pick<NewPlan, "every" | "firstDate">, period: number): Charge {
  const passed = period - 1;
  const date = every === "month" ? addMonths(firstDate, passed) : addDays(firstDate, passed * every.days);
  return { period, date, at: chargeTime(date) };
}

/** What a period's charge is of: what the plan had when the shop was told of it. */
export function amountOf({ amount, amountsBefore }: Pick<Plan, "amount" | "amountsBefore">, period: number): Cents {
  return amountsBefore.find(({ through }) => period <= through)?.amount ?? amount;
}

/** Whether a plan charges nothing any more. */
export function isPlanOver({ status }: Plan): boolean {
  return status === "ended" || status === "canceled";
}

/** What is charged next unless somebody stops it; null: nothing any more. */
export function nextCharge(plan: Plan): Charge | null {
  return isPlanOver(plan) ? null : (announcedCharge(plan) ?? toAnnounce(plan));
}

/**
 * The charge that is announced and not begun, when it is made: not on a day that has its charge. Null: the next one is
 * not announced.
 */
export function announcedCharge(plan: Plan): Charge | null {
  if (plan.announcedAt === null) return null;
  const charge = chargeOf(plan, plan.nextPeriod);
  const at = plan.chargeAt ?? charge.at;
  return { ...charge, at: plan.lastChargedOn === null ? at : Math.max(at, dayAfter(plan.lastChargedOn)) };
}

const dayAfter = (date: CivilDate): Instant => chargeTime(addDays(date, 1));

/**
 * The first charge that is not announced yet, when it is made unless its notice comes late; null: there is none any
 * more.
 */
export function toAnnounce(plan: Plan): Charge | null {
  const taken = takenThrough(plan);
  let charge = chargeOf(plan, firstUnannounced(plan));
  if (taken !== null && plan.missed !== "charge") {
    while (charge.date <= taken) charge = chargeOf(plan, charge.period + 1);
  }
  if (!isInPlan(plan, charge)) return null;
  return taken === null ? charge : { ...charge, at: Math.max(charge.at, dayAfter(taken)) };
}

/** The first period of which the shop was not told. */
export function firstUnannounced({ nextPeriod, announcedAt, ahead }: Plan): number {
  if (ahead !== null) return ahead.period + 1;
  return announcedAt === null ? nextPeriod : nextPeriod + 1;
}

/** The last day that has its charge, made or announced; null: none has. */
export function takenThrough(plan: Plan): CivilDate | null {
  const last = plan.ahead ?? announcedCharge(plan);
  return last === null ? plan.lastChargedOn : laterOf(lisbonDate(last.at), plan.lastChargedOn);
}

/** The later of two days. */
export const laterOf = (one: CivilDate, other: CivilDate | null): CivilDate =>
  other === null || one > other ? one : other;

/** Whether a plan lasts until a charge. */
export function isInPlan({ endDate }: Pick<NewPlan, "endDate">, { date }: Charge): boolean {
  return endDate === null || date <= endDate;
}

/** When a paused plan ends by itself, because its last date is past; null: it is not paused, or has no last date. */
export function endsPausedAt({ status, endDate }: Plan): Instant | null {
  return status === "paused" && endDate !== null ? startOfDay(addDays(endDate, 1)) : null;
}

/** The plan of this id, or undefined. */
export function findPlan({ plans }: Pick<PlannedMandate, "plans">, id: PlanId): Plan | undefined {
  return plans.find((one) => one.id === id);
}

/** The plan of this id. @throws TypeError when the mandate has no such plan: a plan is never taken away. */
export function planOf(mandate: Pick<PlannedMandate, "plans">, id: PlanId): Plan {
  const plan = findPlan(mandate, id);
  if (plan === undefined) throw new TypeError(`plan ${id} is not of this mandate`);
  return plan;
}

/**
 * What is charged next as things stand; null: nothing. A paused plan goes on with a date that only its resumption
 * tells. A date past the mandate's end waits: the mandate ends, or the customer prolongs it.
 */
export function expectedCharge(mandate: PlannedMandate, plan: Plan): Charge | null {
  const charge = plan.status === "paused" || isMandateOver(mandate) ? null : nextCharge(plan);
  return charge === null || !isWithin(mandate, charge) ? null : charge;
}

/** Whether a mandate may still be charged on the day of a charge, as far as its end is known. */
export function isWithin({ validUntil }: PlannedMandate, { at }: Charge): boolean {
  return validUntil === null || lisbonDate(at) <= validUntil;
}

/** Whether a plan announces and charges: what is begun is made first. */
export function mayCharge(mandate: PlannedMandate, { status, begun }: Plan): boolean {
  return status === "active" && begun === null && !isMandateOver(mandate);
}

/**
 * Whether a mandate is over, by whatever end; one whose request was not answered in time may still be approved after
 * all. A suspended one is not: its charges are made, and wait for money as any unpaid payment does.
 */
export function isMandateOver({ status }: Pick<PlannedMandate, "status">): boolean {
  return status === "canceled" || status === "expired" || status === "refused";
}
