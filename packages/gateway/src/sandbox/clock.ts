import type { MovableClock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { REMEDY } from "@caravela/platform/validation";
import { type Static, Type } from "typebox";
import { sandboxProblems } from "./problems.ts";
import type { TimeMachine } from "./time-machine.ts";

const CENTURY_S = 3_155_760_000;
const STRICT = { additionalProperties: false };

const Advance = Type.Union(
  [
    Type.Object({ seconds: Type.Number({ minimum: 0, maximum: CENTURY_S }) }, STRICT),
    Type.Object({ to: Type.String({ format: "date-time" }) }, STRICT),
  ],
  { [REMEDY]: 'must be {"seconds": 240}, or {"to": "2026-12-31T23:59:00Z"}' },
);

/** `GET /sandbox/clock` and `POST /sandbox/clock/advance`, by so many seconds or to a moment. */
export function serveClock(
  http: Http,
  { clock, timeMachine }: { clock: MovableClock; timeMachine: TimeMachine },
): void {
  const stands = () => ({ now: clock.now().toISOString(), offsetSeconds: clock.offsetMs / 1_000 });
  http.get("/sandbox/clock", async () => stands());
  http.post<{ Body: Static<typeof Advance> }>(
    "/sandbox/clock/advance",
    { schema: { body: Advance } },
    async ({ body }) => {
      const goal = "seconds" in body ? Math.round(clock.offsetMs + body.seconds * 1_000) : new Date(body.to);
      if (timeMachine.offsetOf(goal) < clock.offsetMs) throw sandboxProblems.backwards();
      const arrival = await timeMachine.advance(goal);
      if (arrival.kind === "stopped") throw sandboxProblems.notThereYet(arrival.why, stands());
      return stands();
    },
  );
}
