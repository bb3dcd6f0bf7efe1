import { describe, expect, it } from "vitest";
import { failureReasons } from "../../packages/server/src/domain/failure.ts";
import { PROBLEMS } from "../../packages/server/src/http/problem-kinds.ts";
import { FAILURES } from "../../packages/web/src/dashboard/parts/failures.ts";
import { problemWords } from "../../packages/web/src/dashboard/parts/problems.ts";

/** What a program or SIBS alone is answered. */
const OF_PROGRAMS = ["idempotency_key_missing", "notification_unreadable"];

const ON_SCREENS = Object.keys(PROBLEMS).filter((code) => !OF_PROGRAMS.includes(code));

describe("what the API says in English", () => {
  it.each(ON_SCREENS)("%s has Portuguese words of the dashboard", (code) => {
    const problem = { type: `/problems/${code}`, title: "English.", status: 422, detail: "English.", errors: [] };
    const said = problemWords(problem, "pt");
    expect([said.lang, said.title, said.what]).not.toContain("en");
  });

  it("of why something failed has words in both languages, for every reason", () => {
    for (const lang of ["pt", "en"] as const)
      expect(Object.keys(FAILURES[lang])).toEqual(expect.arrayContaining(failureReasons()));
  });
});
