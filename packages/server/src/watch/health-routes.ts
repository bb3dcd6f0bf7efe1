import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { Type } from "typebox";
import type { TerminalId } from "../domain/identifiers.ts";
import { secondsUntil } from "../domain/time.ts";
import type { Timed } from "../given.ts";
import { answers, instant, nullable } from "../http/schemas.ts";
import type { Breaker } from "../sibs/breaker.ts";
import type { LatestCalls } from "../sibs/latest-calls.ts";
import { at, type ByTerminal, type Terminals } from "../terminals.ts";
import { type Due, MOST_COUNTED, readStanding } from "./standing.ts";

/** What the health of a server is told by. */
interface ServesHealth extends Pick<Timed, "clock"> {
  readonly pool: Pool;
  readonly terminals: Terminals;
  readonly breaker: ByTerminal<Breaker>;
  readonly latestCalls: LatestCalls;
  /** What is due and not being done by this process, by its name. */
  readonly workers: { readonly stalled: readonly string[] };
}

const milliseconds = nullable(Type.Integer({ minimum: 0, description: "Null: there were no calls." }));
const count = (description: string) => Type.Integer({ minimum: 0, description });
const counted = (what: string) => count(`${what}; ${MOST_COUNTED.toLocaleString("en")} at most are counted.`);
const seconds = count("For how long, in whole seconds.");

const due = (description: string) =>
  nullable(
    Type.Object(
      {
        what: Type.String({ description: "`payment`, `mandate`, `notification`, `delivery` or `chore`." }),
        since: instant,
        seconds,
      },
      { description },
    ),
  );

export const healthSchema = Type.Object(
  {
    at: instant,
    sibs: Type.Object(
      {
        calls: count("Calls to SIBS."),
        refused: count("Of these, answered with an error."),
        unanswered: count("Of these, not answered in time."),
        refusedShare: nullable(
          Type.Number({ minimum: 0, maximum: 1, description: "Refused or unanswered. Null: there were no calls." }),
        ),
        medianMs: milliseconds,
        slowestMs: milliseconds,
        spared: Type.Array(
          Type.Object({ terminal: Type.String(), until: instant }, { description: "Until when at least." }),
          { description: "The terminals at which nothing that may wait is asked of SIBS just now." },
        ),
      },
      { description: "How SIBS has answered the server process that answers, in the last five minutes." },
    ),
    lastNotification: nullable(
      Type.Object({ at: instant, seconds }, { description: "When SIBS last notified. Null: never." }),
    ),
    oldestDue: due("What is due and has waited longest, of the whole server. Null: nothing is due."),
    oldestThatMayWait: due("The same of what nobody waits for."),
    undelivered: Type.Object(
      { count: counted("Events that an endpoint has not taken, of each endpoint"), oldest: nullable(instant) },
      { description: "Those that are still tried, and since when the first of them was to be sent." },
    ),
    inDoubt: Type.Object(
      {
        attempts: counted("Payments with an attempt whose answer was lost"),
        operations: counted("Payments with a capture, a cancellation or a refund whose answer was lost"),
        mandates: counted("Authorised payments whose answer was lost"),
      },
      { description: "What SIBS is being asked about." },
    ),
    stalled: Type.Array(Type.String(), {
      description:
        "Due work that the server process that answers does not get on with, by its name. Empty: all is well.",
    }),
  },
  { title: "Health", description: "How it all works just now." },
);

/** Whether all works: what a person looks at before they look for anything else. */
export function healthReportRoutes(
  http: Http,
  { pool, clock, terminals, breaker, latestCalls, workers }: ServesHealth,
) {
  http.get(
    "/v1/health",
    {
      schema: {
        tags: ["Server"],
        operationId: "getHealth",
        summary: "Read how SIBS answers, what is due, and what is not delivered",
        description:
          "`sibs` and `stalled` are of the server process that answers; all else is of all servers on the database. A key of one terminal is told of that terminal's events, doubts and notifications.",
        response: answers({ 200: healthSchema }),
      },
      config: { scope: "reports", keepsToTerminal: true },
    },
    async ({ caller: { terminal } }) => {
      const now = clock.now();
      const standing = await readStanding(pool, { now, terminal, before: terminals.before });
      const { lastNotification, oldestDue, oldestThatMayWait, undelivered, inDoubt } = standing;
      const waited = (since: Date) => secondsUntil(now.getTime(), since.getTime());
      const told = (one: Due | null) =>
        one === null ? null : { what: one.what, since: one.since.toISOString(), seconds: waited(one.since) };
      return {
        at: now.toISOString(),
        sibs: { ...answered(latestCalls), spared: sparedAt(terminal) },
        lastNotification:
          lastNotification === null ? null : { at: lastNotification.toISOString(), seconds: waited(lastNotification) },
        oldestDue: told(oldestDue),
        oldestThatMayWait: told(oldestThatMayWait),
        undelivered: { count: undelivered.count, oldest: undelivered.oldest?.toISOString() ?? null },
        inDoubt,
        stalled: [...workers.stalled],
      };
    },
  );

  function sparedAt(own: TerminalId | null) {
    return terminals.all
      .filter(({ id }) => own === null || id === own)
      .flatMap(({ id: terminal }) => {
        const until = at(breaker, { terminal }).sparesUntil;
        return until === null ? [] : [{ terminal, until: new Date(until).toISOString() }];
      });
  }
}

function answered({ summary }: LatestCalls) {
  const { calls, refused, unanswered } = summary;
  return { ...summary, refusedShare: calls === 0 ? null : (refused + unanswered) / calls };
}
