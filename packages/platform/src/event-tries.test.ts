import { expect, it } from "vitest";
import { sparedFor } from "./event-tries.ts";

const now = new Date("2026-11-28T10:00:00Z");
const of = (status: number, after?: string) => sparedFor({ status, retryAfter: after ?? null }, now);

it.each([
  [429, "120", 120_000],
  [503, " 7 ", 7_000],
  [503, "Sat, 28 Nov 2026 10:05:00 GMT", 300_000],
  [503, "Sat, 28 Nov 2026 09:00:00 GMT", 0],
  [503, "99999999999999", 86_400_000],
  [503, "Fri, 31 Dec 9999 23:59:59 GMT", 86_400_000],
  [503, "soon", 0],
  [503, "-5", 0],
  [503, "1.5", 0],
  [503, undefined, 0],
  [500, "120", 0],
  [204, "120", 0],
])("%i with %s spares it for %i ms", (status, after, ms) => expect(of(status, after)).toBe(ms));
