import type { Follower } from "./time-machine.ts";

/** A program that serves `POST /sandbox/clock/step` under that address. */
export function httpFollower(url: string): Follower {
  return {
    url,
    step: async (offsetMs, patienceMs) => {
      const response = await fetch(`${url}/sandbox/clock/step`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ offsetMs }),
        signal: AbortSignal.timeout(patienceMs),
      });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const { worked, nextDue } = (await response.json()) as { worked: number; nextDue: string | null };
      return { worked: Number(worked), nextDue: nextDue === null ? null : new Date(nextDue) };
    },
  };
}
