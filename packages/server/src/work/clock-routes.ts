import type { MovableClock } from "@caravela/platform/clock";
import { type Http, loopbackOnly } from "@caravela/platform/http";
import { type OwnNames, ownRequestsOnly } from "@caravela/platform/own-requests";
import { Type } from "typebox";
import type { Workers } from "./workers.ts";

export interface ClockRoutes {
  readonly clock: MovableClock;
  readonly workers: Workers;
  /** Told of each move, when all that it made due is done. */
  readonly moved: () => void;
  readonly names: OwnNames;
}

/** `POST /sandbox/clock/step`: moves this server's clock and answers when all that is due by then is done. */
export function clockRoutes(http: Http, { clock, workers, moved, names }: ClockRoutes): void {
  http.post(
    "/sandbox/clock/step",
    {
      onRequest: [loopbackOnly, ownRequestsOnly(names)],
      schema: { hide: true, body: Type.Object({ offsetMs: Type.Integer({ minimum: 0, maximum: 1e13 }) }) },
    },
    async (request) => {
      await clock.moveTo(request.body.offsetMs);
      const { worked, nextDue } = await workers.settle();
      moved();
      return { now: clock.now().toISOString(), nextDue: nextDue?.toISOString() ?? null, worked };
    },
  );
}
