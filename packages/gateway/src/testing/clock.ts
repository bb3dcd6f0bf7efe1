import type { Sandbox } from "./sandbox.ts";

/** So much time, in parts that are added up. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/** The gateway's clock: it only goes forward, and does on its way all that is due. */
export interface GatewayClock {
  now(): Promise<Date>;
  /** Lets so many seconds pass, or `{ days: 2, hours: 1 }`. Gives the moment at which it stands then. */
  advance(by: number | Span): Promise<Date>;
  /** Lets time pass until that moment. */
  advanceTo(moment: Date | string): Promise<Date>;
}

/** The clock of a gateway. */
export function clockOf(sandbox: Sandbox): GatewayClock {
  const move = async (body: object) => new Date((await sandbox.post<{ now: string }>("/clock/advance", body)).now);
  return {
    now: async () => new Date((await sandbox.get<{ now: string }>("/clock")).now),
    advance: (by) => move({ seconds: typeof by === "number" ? by : secondsOf(by) }),
    advanceTo: (moment) => move({ to: new Date(moment).toISOString() }),
  };
}

function secondsOf({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Span): number {
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
