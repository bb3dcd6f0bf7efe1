import { expect, it } from "vitest";
import type { Done } from "./injuries/schedule.ts";
import { readOptions } from "./options.ts";
import { figuresOf, tableOf } from "./report.ts";
import type { Round } from "./round.ts";

const done = (kind: Done["kind"], recoveredMs: number | null): Done => {
  return { kind, where: "first server", began: 0, ended: 1, recoveredMs };
};
const round = (injuries: readonly Done[], violations: Round["violations"] = []): Round => {
  return { seed: 1, payments: 400, injuries, lacking: [], violations, stories: [], seconds: 50 };
};
const options = readOptions(["--seed", "7"]);

it("tells of each kind how often it was and how long recovery took, and last what was done", () => {
  const rounds = [
    round([done("a slow line", 300), done("a server frozen", 1_500)]),
    round([done("a slow line", 100), done("a slow line", 9_000)]),
  ];
  const lines = tableOf(figuresOf(options, rounds));
  expect(lines.slice(1, 3).map((line) => line.split(/ {2,}/))).toEqual([
    ["a server frozen", "1", "1.50 s", "1.50 s"],
    ["a slow line", "3", "0.30 s", "9.00 s"],
  ]);
  expect(lines.at(-1)).toBe("800 payments and 4 injuries in 100 s, seed 7: 0 losses, 0 doubles, 0 violations");
});

it("counts what was lost, what moved twice and all that was promised, and says what this machine cannot have", () => {
  const violations = (["loss", "double", "double", "other"] as const).map((kind) => ({
    kind,
    subject: null,
    says: "",
  }));
  const figures = figuresOf(options, [
    { ...round([done("a slow line", null)], violations), lacking: ["PostgreSQL's disk full"] },
  ]);
  expect(figures).toMatchObject({ losses: 1, doubles: 2, violations: 4 });
  expect(tableOf(figures).join("\n")).toMatch(/over 3 min[\s\S]*PostgreSQL's disk full: left out/);
});
