import { cents } from "@caravela/sibs/money";
import type { Static } from "typebox";
import { addDays, type CivilDate, isCivilDate, lisbonDate } from "../domain/plan/calendar.ts";
import type { Instant } from "../domain/time.ts";
import { problem } from "../http/problems.ts";
import { readParts } from "../http/read-parts.ts";
import { wordOf } from "../http/said.ts";
import type { CreatePlan } from "./create-plan.ts";
import type { createPlanBody } from "./schemas.ts";

/** A plan may begin so many days ahead: two years. */
const LONGEST_WAIT_DAYS = 731;

/** Reads the body of a new plan. @throws Problem 422 naming each date that is not possible. */
export function readCreatePlan(body: Static<typeof createPlanBody>, now: Instant): CreatePlan {
  const dates = readParts({
    firstDate: () => readFirstDate(body.firstDate ?? null, now),
    endDate: () => readEndDate(body.endDate ?? null, body.firstDate ?? lisbonDate(now)),
  });
  return {
    ...dates,
    amount: cents(body.amount),
    every: body.every,
    description: wordOf(body.description),
    reference: wordOf(body.reference),
    metadata: body.metadata ?? {},
    missed: body.missed ?? "latest",
  };
}

function readFirstDate(text: string | null, now: Instant): CivilDate {
  const today = lisbonDate(now);
  if (text === null) return today;
  const date = readDate(text, "/firstDate");
  if (date < today) throw wrongDate("/firstDate", `It is past: begin today, which is ${today} in Lisbon, or later.`);
  if (date <= addDays(today, LONGEST_WAIT_DAYS)) return date;
  throw wrongDate("/firstDate", "It is more than two years ahead: begin earlier.");
}

function readEndDate(text: string | null, firstDate: string): CivilDate | null {
  if (text === null) return null;
  const date = readDate(text, "/endDate");
  if (date >= firstDate) return date;
  throw wrongDate("/endDate", "It lies before the first charge: end later, or leave it out to charge without an end.");
}

function readDate(text: string, field: string): CivilDate {
  if (isCivilDate(text)) return text;
  throw wrongDate(field, "The calendar has no such day: write the year, the month and the day, as 2026-12-31.");
}

function wrongDate(field: string, detail: string) {
  return problem("not_possible", detail, { field });
}
