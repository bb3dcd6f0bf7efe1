import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replay } from "./apply.ts";
import { commandNames } from "./testing/commands.ts";
import { INNER_DECISIONS, PAYMENT_DECISIONS } from "./testing/decisions.ts";
import { always, LIVES, life, live } from "./testing/lives.ts";

describe("the lives of payments", () => {
  it("is what its journal says, and survives being stored", () => {
    always(({ payment, journal }) => {
      expect(replay(journal)).toEqual(payment);
      expect(JSON.parse(JSON.stringify(payment))).toEqual(payment);
      expect(payment.version).toBe(journal.length);
    });
  });

  it("lives through every decision that somebody makes, to some effect", () => {
    const made = new Set<string>();
    fc.assert(
      fc.property(life, (one) => live(one, ({ name, facts }) => void (facts.length > 0 && made.add(name)))),
      { numRuns: LIVES, seed: 1 },
    );
    expect(commandNames.filter((name) => !made.has(name))).toEqual([]);
  });
});

describe("the decisions that the lives are made of", () => {
  const files = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const here = import.meta.dirname;

  it("are those of every file in which something is decided: whatever decides is given the moment", () => {
    const deciding = files(here)
      .filter((name) => !name.includes("/") && /\bGiven\b/.test(readFileSync(join(here, name), "utf8")))
      .map((name) => name.replace(/\.ts$/, ""));
    expect(deciding.sort()).toEqual(Object.keys(PAYMENT_DECISIONS).sort());
  });

  it("leave out only what nobody outside makes", () => {
    const server = join(here, "../..");
    const imported = files(server)
      .filter((name) => !name.startsWith("domain/"))
      .flatMap((name) => [
        ...readFileSync(join(server, name), "utf8").matchAll(
          /import (?:type )?\{([^}]*)\} from "[^"]*domain\/payment\/[\w-]+\.ts"/g,
        ),
      ])
      .flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()));
    expect(imported).toContain("startAttempt");
    for (const inner of INNER_DECISIONS) expect(imported).not.toContain(inner);
  });
});
