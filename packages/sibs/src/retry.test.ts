import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Kind, mayRepeat, pauseBeforeRepeat, readRetryAfter } from "./retry.ts";

const kinds: readonly Kind[] = ["read", "prepare", "method", "operation"];
const httpStatus = fc.option(fc.integer({ min: 100, max: 599 }));
const statusCode = fc.option(fc.constantFrom("000", "999", "E0101", "E0301", "T9999"));

describe("sending again", () => {
  it("is never allowed for a POST but after 429, or 503 with T9999", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds.slice(1)), httpStatus, statusCode, (kind, status, code) => {
        const nothingWasDone = status === 429 || (status === 503 && code === "T9999");
        expect(mayRepeat(kind, { httpStatus: status, statusCode: code })).toBe(nothingWasDone);
      }),
      {
        examples: [
          ["method", 503, "T9999"],
          ["operation", 429, null],
          ["prepare", 500, "T9999"],
        ],
        numRuns: 2000,
      },
    );
  });

  it("is allowed for a GET unless SIBS refused it", () => {
    fc.assert(
      fc.property(httpStatus, statusCode, (status, code) => {
        const isRefusal = status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429;
        expect(mayRepeat("read", { httpStatus: status, statusCode: code })).toBe(!isRefusal);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the pause before a repeat", () => {
  it("doubles from 250 ms to 8 s, less a random half", () => {
    const pauses = (random: number) => [1, 2, 3, 4, 9].map((tries) => pauseBeforeRepeat(tries, null, () => random));
    expect(pauses(1)).toEqual([250, 500, 1000, 2000, 8000]);
    expect(pauses(0)).toEqual([125, 250, 500, 1000, 4000]);
  });

  it("is what SIBS asks for, unless that is more than 8 s", () => {
    expect(pauseBeforeRepeat(1, 3000, Math.random)).toBe(3000);
    expect(pauseBeforeRepeat(1, 0, Math.random)).toBe(0);
    expect(pauseBeforeRepeat(1, 8001, Math.random)).toBeNull();
  });
});

describe("Retry-After", () => {
  const now = new Date("2026-11-22T12:00:00Z");

  it.each([
    ["2", 2000],
    ["0", 0],
    ["Sun, 22 Nov 2026 12:00:05 GMT", 5000],
    ["Sun, 22 Nov 2026 11:00:00 GMT", 0],
    ["soon", null],
    [null, null],
  ])("%j is read as %j", (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected);
  });
});
