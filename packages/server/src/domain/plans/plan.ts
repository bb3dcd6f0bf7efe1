import type { Cents } from "@caravela/sibs/money";
import { DAY, type Instant } from "../time.ts";
import { addDays, addMonths, type CivilDate, chargeTime, startOfDay } from "./calendar.ts";

/** How often a plan charges: once a month, or every so many days. */
export type Every = "month" | { readonly days: number };

/**
 * `pending`: waits for its mandate to be approved. `active`: charges. `paused`: charges nothing until it is resumed. `ended`: charged all that
 * it was to charge. `canceled`: ended by the shop, or with its mandate.
 */
export type PlanStatus = "pending" | "active" | "paused" | "ended" | "canceled";

/** After how many days, counted from the first try, a refused charge is tried again. */
export interface RetryPolicy {
  readonly afterDays: readonly number[];
}

/** Try again after one, three and seven days: past the next salary, within the ten days that a plan's payment lasts. */
export const RETRIES: RetryPolicy = { afterDays: [1, 3, 7] };

/** What the shop asked for, as it was recorded. */
export interface NewPlan {
  readonly id: string;
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
}

/** One period's charge: which, on what date, and at what moment. */
export interface Charge {
  /** Counted from 1. */
  readonly period: number;
  readonly date: CivilDate;
  readonly at: Instant;
}

/** A charge that is decided: its payment's id is committed, and the payment is being made. */
export interface BegunCharge {
  readonly period: number;
  readonly date: CivilDate;
  readonly payment: string;
  readonly at: Instant;
}

/** A schedule of charges on a mandate: one payment for each period. */
export interface Plan extends NewPlan {
  readonly status: PlanStatus;
  /** The first period that is neither begun nor skipped. */
  readonly nextPeriod: number;
  /** When that period's charge was announced. */
  readonly announcedAt: Instant | null;
  /** The charge whose payment is not known to be there yet. */
  readonly begun: BegunCharge | null;
  /** How many payments it made. */
  readonly charged: number;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
}

/** What a plan must know of the mandate that it charges. */
export interface PlannedMandate {
  readonly status: string;
  readonly type: string;
  /** In cents, as the customer set it; null: not known yet. */
  readonly limit: Cents | null;
  /** The last day on which it can be charged, as far as it is known. */
  readonly validUntil: CivilDate | null;
  readonly plans: readonly Plan[];
}

/** How long before a charge the shop is told of it, so that it can stop it. */
export const ANNOUNCED_BEFORE = DAY;

/** The charge of a period: reckoned from the first date, so that a short month shortens no other (31 January, 28 February, 31 March). */
export function chargeOf({ every, firstDate }: Pick<NewPlan, "every" | "firstDate">, period: number): Charge {
  const passed = period - 1;
  const date = every === "month" ? addMonths(firstDate, passed) : addDays(firstDate, passed * every.days);
  return { period, date, at: chargeTime(date) };
}

/** Whether a plan charges nothing any more. */
export function isPlanOver({ status }: Plan): boolean {
  return status === "ended" || status === "canceled";
}

/** What is charged next unless somebody stops it; null: nothing any more. */
export function nextCharge(plan: Plan): Charge | null {
  if (isPlanOver(plan)) return null;
  const charge = chargeOf(plan, plan.nextPeriod);
  return plan.endDate !== null && charge.date > plan.endDate ? null : charge;
}

/** When a paused plan ends by itself, because its last date is past; null: it is not paused, or has no last date. */
export function endsPausedAt({ status, endDate }: Plan): Instant | null {
  return status === "paused" && endDate !== null ? startOfDay(addDays(endDate, 1)) : null;
}

/** The plan of this id, or undefined. */
export function findPlan({ plans }: Pick<PlannedMandate, "plans">, id: string): Plan | undefined {
  return plans.find((one) => one.id === id);
}

/**
 * What is charged next as things stand; null: nothing. A paused plan goes on with a date that only its resumption tells. A date past the
 * mandate's end waits: the mandate ends, or the customer prolongs it.
 */
export function expectedCharge(mandate: PlannedMandate, plan: Plan): Charge | null {
  const charge = plan.status === "paused" || isMandateOver(mandate) ? null : nextCharge(plan);
  return charge === null || charge.date > (mandate.validUntil ?? charge.date) ? null : charge;
}

/** The next charge that a plan may announce, and begin when its time has come. */
export function chargeable(mandate: PlannedMandate, plan: Plan): Charge | null {
  return plan.status === "active" && plan.begun === null ? expectedCharge(mandate, plan) : null;
}

/** Whether a mandate is over, by whatever end; one whose request was not answered in time may still be approved after all. A suspended one is not: its charges are made, and wait for money as any unpaid payment does. */
export function isMandateOver({ status }: Pick<PlannedMandate, "status">): boolean {
  return status === "canceled" || status === "expired" || status === "refused";
}
