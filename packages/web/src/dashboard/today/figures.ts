import type { DaySum, FailureCount } from "../api/today.ts";

/** What was taken and given back, in cents, by how many payments. */
export interface Sums {
  readonly taken: number;
  readonly refunded: number;
  readonly count: number;
}

const NOTHING: Sums = { taken: 0, refunded: 0, count: 0 };

/** The sums of some lines together. */
export function sumsOf(lines: readonly DaySum[]): Sums {
  return lines.reduce(
    (sums, { taken, refunded, count }) => ({
      taken: sums.taken + taken,
      refunded: sums.refunded + refunded,
      count: sums.count + count,
    }),
    NOTHING,
  );
}

/** What was taken on each of the last days, the first of them first, also on those on which nothing was. */
export function dayByDay(lines: readonly DaySum[], today: string, days: number): { day: string; sums: Sums }[] {
  return Array.from({ length: days }, (_, index) => {
    const day = daysBefore(today, days - 1 - index);
    return { day, sums: sumsOf(lines.filter((line) => line.day === day)) };
  });
}

/** What was taken on a day by each way to pay, the most first. */
export function byMethod(lines: readonly DaySum[], day: string): { method: string; sums: Sums }[] {
  const own = lines.filter((line) => line.day === day);
  const methods = [...new Set(own.map(({ method }) => method))];
  return methods
    .map((method) => ({ method, sums: sumsOf(own.filter((line) => line.method === method)) }))
    .toSorted((one, other) => other.sums.taken - one.sums.taken);
}

/** How often each reason stood in the way, over all terminals, the most frequent first. */
export function byReason(counts: readonly FailureCount[]): { reason: string; method: string; count: number }[] {
  const sums = new Map<string, { reason: string; method: string; count: number }>();
  for (const { reason, method, count } of counts) {
    const key = `${reason} ${method}`;
    sums.set(key, { reason, method, count: (sums.get(key)?.count ?? 0) + count });
  }
  return [...sums.values()].toSorted((one, other) => other.count - one.count);
}

/** By how much per cent something is more than something else, rounded; null: there is nothing to compare with. */
export function growth(now: number, before: number): number | null {
  return before === 0 ? null : Math.round((now / before - 1) * 100);
}

/** The day so many days earlier. */
export function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  const [before = ""] = date.toISOString().split("T");
  return before;
}
