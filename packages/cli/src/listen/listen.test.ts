import { NoAnswerError, ProblemError, UnreadableAnswerError } from "@caravela/client";
import { expect, it } from "vitest";
import { isPassing } from "./listen.ts";

const facts = { idempotencyKey: null, tries: 3 };
const problem = (status: number, code: "unavailable" | "busy" | "unauthorized" | "invalid_request") =>
  new ProblemError(
    { type: `/problems/${code}`, title: "", status, detail: "", errors: [] },
    { ...facts, requestId: null, retryAfterMs: null },
  );

it.each<[string, Error, boolean]>([
  ["no answer", new NoAnswerError("no answer", facts), true],
  [
    "the page of a proxy whose server is started anew",
    new UnreadableAnswerError("a page", { ...facts, status: 502 }),
    true,
  ],
  ["a server that has no database for a while", problem(503, "unavailable"), true],
  ["a server that is asked too much", problem(429, "busy"), true],
  ["a key that was revoked", problem(401, "unauthorized"), false],
  ["a type of events that there is not", problem(400, "invalid_request"), false],
  ["a mistake of our own", new TypeError("x is not a function"), false],
])("goes on, or ends, after %s", (_what, error, goesOn) => {
  expect(isPassing(error)).toBe(goesOn);
});
