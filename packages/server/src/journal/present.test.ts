import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failure } from "../domain/failure.ts";
import type { RecordedOfMandate } from "../domain/mandate/facts.ts";
import type { Recorded } from "../domain/payment/facts.ts";
import { created, HOUR, newPayment, PHONE, TEN } from "../domain/payment/testing/builders.ts";
import { life, live } from "../domain/payment/testing/lives.ts";
import * as mandateEn from "./mandate.en.ts";
import * as mandatePt from "./mandate.pt.ts";
import * as paymentEn from "./payment.en.ts";
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
      // an amount and a day stand as every page has them
      expect(shown.text).not.toMatch(/\d €|\d{4}-\d\d-\d\d/);
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
          const [en, pt] = (["en", "pt"] as const).map((lang) =>
            presentEntry("payment", { number: place + 1, line }, lang),
          );
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
    const [en, pt] = (["en", "pt"] as const).map((lang) => presentEntry("payment", { number: 9, line }, lang));
    expect(en?.text).toBe("The payment was canceled.");
    const [at, since, next] = ["2026-07-01T09:00:00.000Z", "2026-07-01T08:00:00.000Z", "2026-07-01T10:00:00.000Z"];
    const text = "Until then SIBS was asked 3 times on end and said: Pending.";
    expect(en?.data).toEqual({ asked: [{ id: "att_1", said: "Pending", at, since, times: 3, next, text }] });
    expect(JSON.stringify(pt?.data)).toContain("Até então perguntou-se à SIBS 3 vezes seguidas, e respondeu: Pending.");
  });

  it("leaves what the shop keeps with a payment or a plan as it is, whatever the shop calls it", () => {
    const metadata = { phone: PHONE, payToken: "a", fields: "b", at: "c" };
    const payment = newPayment({ metadata, customer: { ...CUSTOMER, phone: PHONE } });
    const shown = presentEntry("payment", { number: 1, line: created(payment) }, "en").data;
    expect(shown).toMatchObject({ payment: { metadata, customer: { phone: "351#*****9999" } } });
    expect(shown).not.toHaveProperty("payment.payToken");
    const ofPlan = { kind: "plan_blessed", at: TEN, by: null, terms: { metadata } } as unknown as RecordedOfMandate;
    expect(presentEntry("mandate", { number: 1, line: ofPlan }, "en").data).toEqual({ terms: { metadata } });
  });

  it("says of a kind that payments and mandates both have what it is of each", () => {
    const shared = Object.keys(mandateEn.mandate).filter((kind) => kind in paymentEn.payment);
    expect(shared).toEqual(["cancellation_sent", "cancellation_done", "customer_erased"]);
    const line = { kind: "cancellation_sent", at: TEN, by: null } as never;
    const texts = (["payment", "mandate"] as const).map((of) => presentEntry(of, { number: 1, line }, "en").text);
    expect(texts).toEqual(["SIBS was asked to withdraw the reference.", "SIBS was asked to end it."]);
  });

  it("has words, and no program's, for how a try ended and what the customer's bank said", () => {
    const ended = { kind: "attempt_ended", at: TEN, by: null, attempt: "att_1", next: null } as const;
    const proof = { kind: "attempt_authenticated", at: TEN, by: null, attempt: "att_1", next: null } as const;
    const texts = (["en", "pt"] as const).map((lang) =>
      [
        { ...ended, status: "timed_out", failure: failure("not_answered") },
        { ...proof, authentication: { status: "U" } },
        { ...proof, authentication: { status: "X" } },
        { ...proof, authentication: { status: null } },
      ].map((line) => presentEntry("payment", { number: 1, line: line as never }, lang).text),
    );
    expect(texts).toMatchObject([
      [
        /^The try ended without money \(not answered in time\): /,
        /\(3-D Secure\): it could not find out\.$/,
        /\(3-D Secure\): X\.$/,
        /\(3-D Secure\): nothing\.$/,
      ].map((text) => expect.stringMatching(text)),
      [
        /^A tentativa acabou sem dinheiro \(sem resposta a tempo\): /,
        /\(3-D Secure\): não conseguiu saber\.$/,
        /\(3-D Secure\): X\.$/,
        /\(3-D Secure\): nada\.$/,
      ].map((text) => expect.stringMatching(text)),
    ]);
  });

  it("knows the same kinds of a mandate in both languages", () => {
    expect(Object.keys(mandatePt.mandate).sort()).toEqual(Object.keys(mandateEn.mandate).sort());
  });

  it("shows a line of a kind that a newer server has written by its kind", () => {
    const line = { kind: "payment_blessed", at: 0, by: null } as unknown as Recorded;
    expect(presentEntry("payment", { number: 1, line }, "pt")).toMatchObject({
      kind: "payment_blessed",
      text: "payment_blessed",
    });
  });
});
