import type { Http } from "@caravela/platform/http";
import { addDays, type CivilDate, FIRST_DAY, lisbonDate } from "@caravela/platform/lisbon";
import { Type } from "typebox";
import type { TerminalId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { Timed } from "../given.ts";
import { FilterReader, type Query, type ReadFilter } from "../http/filters.ts";
import { answers, sum } from "../http/schemas.ts";
import { ownFilter } from "../http/whose.ts";
import { moneyFilters } from "../payments/list-filter.ts";
import type { Days } from "../storage/movements.ts";
import type { SumsUp } from "../storage/ports.ts";

/** What reports may touch. */
export type ServesReports = SumsUp & Pick<Timed, "clock">;

/** So many days, when no first one is said. */
const USUAL_DAYS = 30;
/** So many at most: a leap year. */
const MOST_DAYS = 366;

const dayQuery = (description: string) =>
  Type.Optional(Type.String({ maxLength: 10, description, examples: ["2026-11-27"] }));

export const daySum = Type.Object(
  {
    day: Type.String({ format: "date", description: "In Lisbon." }),
    method: Type.String(),
    terminal: Type.String(),
    currency: Type.Literal("EUR"),
    taken: sum,
    refunded: sum,
    held: Type.Integer({
      description:
        "By how much what is held grew: newly held, less what was captured or given up of it. In whole cents, below zero where more of it ended than began.",
    }),
    count: Type.Integer({ minimum: 1, description: "Payments of which any money moved." }),
  },
  { title: "DaySum", description: "What moved on a day by one method at one terminal." },
);

export const failureCount = Type.Object(
  {
    reason: Type.String({ description: "As an attempt's `failure.reason`, for instance `not_answered`." }),
    method: Type.String(),
    terminal: Type.String(),
    count: Type.Integer({ minimum: 1, description: "Attempts that ended so." }),
  },
  { title: "FailureCount", description: "How many attempts ended without money for one reason." },
);

export const referenceSum = Type.Object(
  {
    day: Type.String({ format: "date", description: "In Lisbon: on which they end." }),
    terminal: Type.String(),
    currency: Type.Literal("EUR"),
    count: Type.Integer({ minimum: 1, description: "References." }),
    amount: sum,
  },
  { title: "ReferenceSum", description: "References that are still to be paid, and end on one day." },
);

/** What a shop reckons with. */
export function reportRoutes(http: Http, ports: ServesReports): void {
  const now = () => ports.clock.now().getTime();
  http.get(
    "/v1/summaries/days",
    {
      schema: {
        tags: ["Reports"],
        operationId: "listDaySums",
        summary: "Sum up what was taken, refunded and held, day by day",
        description: `Of each day in Lisbon on which money moved, newest first: of the last ${USUAL_DAYS} days unless told otherwise, and of at most ${MOST_DAYS}.`,
        querystring: Type.Object({
          from: dayQuery("The first day, in Lisbon."),
          to: dayQuery("The last day: today, unless given."),
          terminal: moneyFilters.terminal,
        }),
        response: answers({ 200: Type.Object({ data: Type.Array(daySum) }, { description: "A line for each." }) }),
      },
      config: { scope: "reports", keepsToTerminal: true, filterFaults: (query) => readDays(query, now()).faults },
    },
    async ({ query, caller }) => {
      const filter = ownFilter(caller, readDays(query, now()).filter);
      const sums = filter === null ? [] : await ports.payments.sumDays(filter);
      return { data: sums.map((one) => ({ ...one, currency: "EUR" as const })) };
    },
  );

  http.get(
    "/v1/summaries/failures",
    {
      schema: {
        tags: ["Reports"],
        operationId: "listFailureCounts",
        summary: "Count why attempts to pay failed",
        description: `Attempts that ended without money within some days in Lisbon, the most frequent reason first: of the last ${USUAL_DAYS} days unless told otherwise, and of at most ${MOST_DAYS}. One that was approved after all is none of them.`,
        querystring: Type.Object({
          from: dayQuery("The first day, in Lisbon, on which they ended."),
          to: dayQuery("The last day: today, unless given."),
          terminal: moneyFilters.terminal,
        }),
        response: answers({
          200: Type.Object({ data: Type.Array(failureCount) }, { description: "A line for each." }),
        }),
      },
      config: { scope: "reports", keepsToTerminal: true, filterFaults: (query) => readDays(query, now()).faults },
    },
    async ({ query, caller }) => {
      const filter = ownFilter(caller, readDays(query, now()).filter);
      return { data: filter === null ? [] : await ports.payments.countFailures(filter) };
    },
  );

  http.get(
    "/v1/summaries/references",
    {
      schema: {
        tags: ["Reports"],
        operationId: "listReferenceSums",
        summary: "Sum up the references that are still to be paid, by the day on which they end",
        description:
          "Those of payments that are `pending`, the day that comes first before the others. One whose day is over stands here until SIBS has said how it ended.",
        querystring: Type.Object({ terminal: moneyFilters.terminal }),
        response: answers({
          200: Type.Object({ data: Type.Array(referenceSum) }, { description: "A line for each." }),
        }),
      },
      config: { scope: "reports", keepsToTerminal: true, filterFaults: (query) => readTerminal(query).faults },
    },
    async ({ query, caller }) => {
      const filter = ownFilter(caller, readTerminal(query).filter);
      const sums = filter === null ? [] : await ports.payments.sumReferences(filter.terminal);
      return { data: sums.map((one) => ({ ...one, currency: "EUR" as const })) };
    },
  );
}

function readTerminal(query: Query): ReadFilter<{ readonly terminal: TerminalId | null }> {
  const reader = new FilterReader(query);
  return { filter: { terminal: reader.terminal("terminal") }, faults: reader.faults };
}

function readDays(query: Query, now: Instant): ReadFilter<Days> {
  const reader = new FilterReader(query);
  const [first, last] = [reader.day("from"), reader.day("to")];
  const to: CivilDate = last ?? lisbonDate(now);
  const usual = addDays(to, 1 - USUAL_DAYS);
  const from: CivilDate = first ?? (usual < FIRST_DAY ? FIRST_DAY : usual);
  const terminal = reader.terminal("terminal");
  if (from > to) {
    reader.fault(
      "from",
      last === null ? "is after today: nothing has moved yet" : "is after to: nothing is in between",
    );
    if (last !== null) reader.fault("to", "is before from: nothing is in between");
  } else if (from < addDays(to, 1 - MOST_DAYS)) {
    reader.fault("from", `is more than ${MOST_DAYS} days before to: ask for a year at a time`);
  }
  return { filter: { from, to, terminal }, faults: reader.faults };
}
