import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allProblems } from "../../packages/server/src/http/problem-pages.ts";
import { sectionsOf } from "./sections.ts";

const sections = sectionsOf(readFileSync(join(import.meta.dirname, "..", "..", "docs", "problems.md"), "utf8"));

describe("docs/problems.md", () => {
  it("has an entry for every problem, and none for a problem that there is not", () => {
    const codes = allProblems().map(({ code }) => code);
    expect([...sections.keys()].sort()).toEqual([...codes].sort());
  });

  it.each(allProblems())(
    "says of $code its status, when it is met and what to do",
    ({ code, status, title, remedy }) => {
      const [what, when, toDo] = sections.get(code) ?? [];
      expect(what).toBe(`**${status}** ${title}`);
      expect(when?.length).toBeGreaterThan(30);
      expect(toDo).toBe(`*What to do:* ${remedy}`);
    },
  );
});
