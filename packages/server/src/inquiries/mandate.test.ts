import { createLog } from "@caravela/platform/log";
import { describe, expect, it } from "vitest";
import type { Given } from "../domain/decision.ts";
import { doubtMandate } from "../domain/mandate/begin.ts";
import { mandateDue } from "../domain/mandate/due.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import { afterMandate } from "../domain/mandate/record.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { askedFor } from "../domain/mandate/testing/builders.ts";
import { DAY, HOUR, MINUTE } from "../domain/time.ts";
import { SibsPort } from "../sibs/port.ts";
import { byTerminal } from "../terminals.ts";
import { askMandate } from "./mandate.ts";

const TEN = Date.parse("2026-07-01T09:00:00Z");
const said = (statusCode: string) => ({ returnStatus: { statusCode, statusMsg: "", statusDescription: "" } });

/** A request whose answer was lost, and what asks about it. @param isOver whether that process has ended */
function requested(answer: (path: string) => Response, isOver = () => false) {
  let now = TEN;
  const given = (): Given => ({ now, id: (prefix) => `${prefix}_1` });
  let mandate = afterMandate(askedFor(TEN), doubtMandate(askedFor(TEN), given()));
  const sibs = new SibsPort({
    terminalId: 52221,
    clientId: "id",
    token: "token",
    baseUrl: "http://127.0.0.1:9",
    fetch: async (input) => answer(String(input)),
  });
  const record = async (_id: string, choose: (state: Mandate, given: Given) => readonly MandateFact[]) => {
    if (isOver()) throw new Error("the process has ended");
    const facts = choose(mandate, given());
    mandate = afterMandate(mandate, facts);
    return { mandate, facts };
  };
  const mandates = { load: async () => mandate, record };
  const parts = {
    sibs: byTerminal(() => sibs),
    clock: { now: () => new Date(now) },
    mandates: { ...mandates, by: () => mandates },
    log: createLog({ name: "test", level: "silent" }),
    countUnknown: () => undefined,
  };
  return {
    known: () => mandate,
    ask: (at: number) => {
      now = at;
      return askMandate(parts, "man_1");
    },
  };
}

/** It is asked about as its schedule says, until a moment or until it is over. */
async function asked(answer: (path: string) => Response, until: number): Promise<Mandate> {
  const { known, ask } = requested(answer);
  for (;;) {
    const due = mandateDue(known());
    if (due === null || due >= until || known().status !== "pending") return known();
    await ask(due);
  }
}

describe("a request for a mandate whose answer was lost", () => {
  const none = (path: string) =>
    Response.json({ ...said("000"), mandates: [] }, { status: path.endsWith("list") ? 200 : 404 });

  it("counts as never sent once SIBS itself has known none for a minute", async () => {
    const known = await asked(
      (path) => (path.endsWith("list") ? none(path) : Response.json(said("E0301"), { status: 404 })),
      TEN + HOUR,
    );
    expect(known).toMatchObject({ status: "refused", failure: { reason: "not_sent" } });
  });

  it.each([
    ["a page", () => new Response("<html>not here</html>", { status: 404 })],
    ["what stands before SIBS", () => Response.json({ httpCode: "404" }, { status: 404 })],
  ])("is not ended by %s with 404: the customer may agree to it yet", async (_what, notThere) => {
    const later = await asked((path) => (path.endsWith("list") ? none(path) : notThere()), TEN + 10 * MINUTE);
    expect(later).toMatchObject({ status: "pending", inDoubt: true, failure: null });
  });

  it("is not given another's transaction, whatever SIBS answers to its id", async () => {
    const another = { transactionID: "s2x", paymentStatus: "Success", merchant: { merchantTransactionId: "man_2" } };
    const later = await asked(() => Response.json({ ...said("000"), ...another }), TEN + MINUTE);
    expect(later).toMatchObject({ status: "pending", inDoubt: true, transactionId: null });
  });

  it("is asked about again where whoever found it ended before they had heard how it stands", async () => {
    let isThere = false;
    let isOver = false;
    let stands: Response | null = null;
    const transaction = {
      transactionID: "s2x",
      paymentStatus: "Success",
      merchant: { merchantTransactionId: "man_1" },
    };
    const { known, ask } = requested(
      (path) => {
        if (path.endsWith("list")) return none(path);
        if (!isThere) return Response.json(said("E0301"), { status: 404 });
        if (path.includes("merchantTransactionId=")) return Response.json({ ...said("000"), ...transaction });
        isOver = stands === null;
        return stands ?? new Response("", { status: 503 });
      },
      () => isOver,
    );
    const askWhenDue = () => ask(mandateDue(known()) ?? Number.NaN);
    while (known().status === "pending") await askWhenDue();
    await askWhenDue();
    expect(mandateDue(known())).toBe(TEN + DAY);
    isThere = true;
    await expect(ask(TEN + DAY)).rejects.toThrow("has ended");
    expect(known()).toMatchObject({ status: "refused", transactionId: "s2x" });
    expect(mandateDue(known())).toBe(TEN + DAY);
    isOver = false;
    stands = Response.json({
      ...said("000"),
      mandate: { mandateId: "12345678901234567890", mandateStatus: "ACTV" },
    });
    await ask(TEN + DAY);
    expect(known()).toMatchObject({ status: "active" });
  });
});
