import { day } from "../../parts/day.ts";
import { euros } from "../../parts/euros.ts";
import type { Mandate, Plan } from "../api/mandates.ts";
import { moneyOf, Pill } from "../parts/shown.tsx";
import type { Tone } from "../parts/words.ts";
import { type Desk, useDesk } from "../shell/desk.ts";
import { subscriptionTexts } from "./texts.ts";

/** Where a mandate has its page. */
export function mandatePath(id: string): string {
  return `/dashboard/subscriptions/${id}`;
}

const TONES: Readonly<Record<Mandate["status"], Tone>> = {
  pending: "calm",
  active: "good",
  suspended: "warn",
  canceled: "off",
  expired: "off",
  refused: "bad",
};

const PLAN_TONES: Readonly<Record<Plan["status"], Tone>> = {
  pending: "calm",
  active: "good",
  paused: "warn",
  ended: "off",
  canceled: "off",
};

/** How a mandate stands, in a word. */
export function MandatePill({ mandate: { status, inDoubt } }: { mandate: Mandate }) {
  const texts = useDesk().say(subscriptionTexts);
  return inDoubt ? (
    <Pill tone="warn">{texts.inDoubt}</Pill>
  ) : (
    <Pill tone={TONES[status]}>{texts.statuses[status]}</Pill>
  );
}

/** How a plan stands, in a word. */
export function PlanPill({ plan: { status } }: { plan: Plan }) {
  return <Pill tone={PLAN_TONES[status]}>{useDesk().say(subscriptionTexts).planStatuses[status]}</Pill>;
}

/** What a mandate is called where it has no words of its own. */
export function mandateName({ description, reference }: Mandate, { say }: Desk): string {
  return description ?? reference ?? say(subscriptionTexts).unnamed;
}

/** What a plan charges, and how often. */
export function rateOf({ amount, every }: Plan, { say, lang }: Desk): string {
  return `${euros(moneyOf(amount), lang)} ${say(subscriptionTexts).every(every === "month" ? every : every.days)}`;
}

/** The limit that a customer has set; nothing until they agreed. */
export function limitOf({ limit, type }: Mandate, { say, lang }: Desk): string | null {
  return limit === null ? null : `${euros(moneyOf(limit), lang)} ${say(subscriptionTexts).types[type]}`;
}

/** A day of the calendar; nothing where there is none. */
export function dayOf(date: string | null, { lang }: Desk): string | null {
  return date === null ? null : day(date, lang);
}
