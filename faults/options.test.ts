import { expect, it } from "vitest";
import { HELP, readOptions } from "./options.ts";

it("plays a short run with another seed each time, unless it is told otherwise", () => {
  expect(readOptions([])).toMatchObject({ payments: 1000, injuries: 25, minutes: null, round: null, file: null });
  const seeds = Array.from({ length: 8 }, () => readOptions([]).seed);
  expect(new Set(seeds).size).toBeGreaterThan(1);
  const words = "--payments 20000 --injuries 500 --seed 7 --minutes 30 --round 3 --json a.json --resume --logs logs";
  expect(readOptions(words.split(" "))).toEqual({
    payments: 20_000,
    injuries: 500,
    seed: 7,
    minutes: 30,
    round: 3,
    file: "a.json",
    resumes: true,
    logs: "logs",
    help: false,
  });
});

it.each([["--payments", "many"], ["--seed", "-1"], ["--resume"], ["--swiftly"]])("does not guess at %s", (...words) => {
  expect(() => readOptions(words)).toThrow(words[0]);
});

it("says each option in its help", () => {
  for (const one of ["payments", "injuries", "seed", "minutes", "round", "json", "resume", "logs", "help"])
    expect(HELP).toContain(`--${one}`);
});
