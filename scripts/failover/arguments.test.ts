import { expect, it } from "vitest";
import { HELP, readArguments } from "./arguments.ts";
import { KINDS } from "./injuries.ts";

it("tries all kinds with both replications three times, with another seed each time, unless it is told otherwise", () => {
  const all = { replications: ["strict", "asynchronous"], kinds: KINDS, tries: 3, user: "postgres", file: null };
  expect(readArguments([])).toMatchObject(all);
  expect(readArguments([])?.seed).not.toBe(readArguments([])?.seed);
  const words = ["--tries", "5", "--seed", "7", "--kinds", "killed,frozen", "--replication", "strict", "--json", "f"];
  expect(readArguments(words)).toMatchObject({
    replications: ["strict"],
    kinds: ["killed", "frozen"],
    tries: 5,
    seed: 7,
    file: "f",
  });
});

it("tells what there is, each kind among it", () => {
  expect(readArguments(["--help"])).toBeNull();
  for (const kind of KINDS) expect(HELP).toContain(kind);
});

it.each([
  [["--tries", "0"], /--tries is a whole number from 1/],
  [["--seed", "x"], /--seed is a whole number/],
  [["--kinds", "killed,bored"], /--kinds knows killed, .*, and not bored/],
  [["--replication", "some"], /--replication knows strict, asynchronous/],
  [["--fast"], /--fast/],
])("refuses %j in words", (words, says) => {
  expect(() => readArguments(words)).toThrow(says);
});
