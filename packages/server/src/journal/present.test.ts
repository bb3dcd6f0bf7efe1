import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Recorded } from "../domain/payment/facts.ts";
import { created, HOUR, newPayment, PHONE, TEN } from "../domain/payment/testing/builders.ts";
import { life, live } from "../domain/payment/testing/lives.ts";
import * as mandateEn from "./mandate.en.ts";
import * as mandatePt from "./mandate.pt.ts";
import { presentEntry } from "./present.ts";

const LIVES = 300;

const NOWHERE = { billingAddress: null, shippingAddress: null };
const CUSTOMER = { id: null, name: null, email: null, ...NOWHERE, signedIn: false };

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
          journal = seen.lines;
        });
        for (const [place, line] of journal.entries()) {
          const [en, pt] = (["en", "pt"] as const).map((lang) => presentEntry({ number: place + 1, line }, lang));
          if (en === undefined || pt === undefined) throw new Error("there are two languages");
          look(line, en);
          look(line, pt);
          expect(en.text).not.toBe(pt.text);
          expect({ ...en.data, asked: null }).toEqual({ ...pt.data, asked: null });
        }
      }),
      { numRuns: LIVES },
    );
    expect(kinds.size).toBeGreaterThan(30);
  });

  it("tells with the next line how often SIBS was asked before it, and said nothing new", () => {
    const asked = { said: "Pending", at: TEN, since: TEN - HOUR, times: 3 };
    const look = { asked, askAt: TEN + HOUR, readUnpaidAt: TEN, unread: 0, absence: null };
    const looks = { attempts: { att_1: look }, operations: {} };
    const line: Recorded = { kind: "payment_canceled", at: TEN, by: null, looks };
    const [en, pt] = (["en", "pt"] as const).map((lang) => presentEntry({ number: 9, line }, lang));
    expect(en?.text).toBe("The payment was canceled.");
    const [at, since, next] = ["2026-07-01T09:00:00.000Z", "2026-07-01T08:00:00.000Z", "2026-07-01T10:00:00.000Z"];
    const text = "Until then SIBS was asked 3 times on end and said: Pending.";
    expect(en?.data).toEqual({ asked: [{ id: "att_1", said: "Pending", at, since, times: 3, next, text }] });
    expect(JSON.stringify(pt?.data)).toContain("Até então perguntou-se à SIBS 3 vezes seguidas, e respondeu: Pending.");
  });

  it("leaves what the shop keeps with a payment or a plan as it is, whatever the shop calls it", () => {
    const metadata = { phone: PHONE, payToken: "a", fields: "b", at: "c" };
    const payment = newPayment({ metadata, customer: { ...CUSTOMER, phone: PHONE } });
    const shown = presentEntry({ number: 1, line: created(payment) }, "en").data;
    expect(shown).toMatchObject({ payment: { metadata, customer: { phone: "351#*****9999" } } });
    expect(shown).not.toHaveProperty("payment.payToken");
    const ofPlan = { kind: "plan_blessed", at: TEN, by: null, terms: { metadata } } as unknown as Recorded;
    expect(presentEntry({ number: 1, line: ofPlan }, "en").data).toEqual({ terms: { metadata } });
  });

  it("knows the same kinds of a mandate in both languages", () => {
    expect(Object.keys(mandatePt.mandate).sort()).toEqual(Object.keys(mandateEn.mandate).sort());
  });

  it("shows a line of a kind that a newer server has written by its kind", () => {
    const line = { kind: "payment_blessed", at: 0, by: null } as unknown as Recorded;
    expect(presentEntry({ number: 1, line }, "pt")).toMatchObject({ kind: "payment_blessed", text: "payment_blessed" });
  });
});
