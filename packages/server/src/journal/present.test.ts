import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Recorded } from "../domain/payment/facts.ts";
import { life, live } from "../domain/payment/testing/lives.ts";
import * as mandateEn from "./mandate.en.ts";
import * as mandatePt from "./mandate.pt.ts";
import { presentEntry } from "./present.ts";

const LIVES = 300;

/** Everything that stands in a value, however deep. */
function valuesIn(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(valuesIn) : [value];
}

describe("a journal as people read it", () => {
  it("says each line of any life in both languages, whole, with no phone and no moment in numbers", () => {
    const kinds = new Set<string>();
    const look = ({ kind }: Recorded, shown: ReturnType<typeof presentEntry>) => {
      kinds.add(kind);
      expect(shown.text).not.toMatch(/\b(undefined|null|NaN)\b|\[object/);
      expect(shown.text.length).toBeGreaterThan(10);
      const values = valuesIn(shown);
      expect(values.filter((value) => typeof value === "number" && value > 1e12)).toEqual([]);
      expect(values.filter((value) => typeof value === "string" && /351#9\d{8}/.test(value))).toEqual([]);
      expect(JSON.stringify(shown)).not.toContain('"payToken"');
    };
    fc.assert(
      fc.property(life, (one) => {
        let journal: readonly Recorded[] = [];
        live(one, (seen) => {
          journal = seen.journal;
        });
        for (const [place, line] of journal.entries()) {
          const [en, pt] = (["en", "pt"] as const).map((lang) => presentEntry({ number: place + 1, line }, lang));
          if (en === undefined || pt === undefined) throw new Error("there are two languages");
          look(line, en);
          look(line, pt);
          expect(en.text).not.toBe(pt.text);
          expect(en.data).toEqual(pt.data);
        }
      }),
      { numRuns: LIVES },
    );
    expect(kinds.size).toBeGreaterThan(30);
  });

  it("knows the same kinds of a mandate in both languages", () => {
    expect(Object.keys(mandatePt.mandate).sort()).toEqual(Object.keys(mandateEn.mandate).sort());
  });

  it("shows a line of a kind that a newer server has written by its kind", () => {
    const line = { kind: "payment_blessed", at: 0, by: null } as unknown as Recorded;
    expect(presentEntry({ number: 1, line }, "pt")).toMatchObject({ kind: "payment_blessed", text: "payment_blessed" });
  });
});
