import { createLog } from "@caravela/platform/log";
import { describe, expect, it } from "vitest";
import { withdrawAtSibs } from "../attempts/withdraw.ts";
import type { Decision, Given } from "../domain/decision.ts";
import { cancelMandate } from "../domain/mandate/end.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import { hearMandate, notifiedOfMandate } from "../domain/mandate/hear.ts";
import { afterMandate } from "../domain/mandate/record.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { askedFor, WANTED } from "../domain/mandate/testing/builders.ts";
import { after } from "../domain/payment/decision.ts";
import type { Fact } from "../domain/payment/facts.ts";
import { notifiedOfAttempt } from "../domain/payment/hear.ts";
import { notifiedOfOperation } from "../domain/payment/operate.ts";
import type { Payment } from "../domain/payment/state.ts";
import { paymentAfter, referenceWaiting, refundInDoubt, refundSent, TEN } from "../domain/payment/testing/builders.ts";
import { SECOND } from "../domain/time.ts";
import { createMandate } from "../mandates/create-mandate.ts";
import { endAtSibs } from "../mandates/end-at-sibs.ts";
import { sendRequested } from "../operations/send-operation.ts";
import { SibsPort } from "../sibs/port.ts";
import { byTerminal } from "../terminals.ts";
import { askMandate } from "./mandate.ts";
import { askOperation } from "./operation.ts";

const SAID = { returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" } };
const answers = [
  ["says what it said before", () => Response.json({ ...SAID, transactionID: "s2r", paymentStatus: "Pending" })],
  ["does not answer", () => new Response("", { status: 503 })],
] as const;

let now = TEN;
const given = (): Given => ({ now, id: (prefix) => `${prefix}_1` });
const parts = {
  log: createLog({ name: "test", level: "silent" }),
  clock: { now: () => new Date(now) },
  chance: { id: (prefix: string) => `${prefix}_1` } as never,
};

/** SIBS, where it takes two seconds to answer, and notifies after one. */
const notifying = (answer: () => Response, notify: () => void) =>
  byTerminal(
    () =>
      new SibsPort({
        terminalId: 52221,
        clientId: "id",
        token: "token",
        baseUrl: "http://127.0.0.1:9",
        retries: 0,
        fetch: async () => {
          now += SECOND;
          notify();
          now += SECOND;
          return answer();
        },
      }),
  );

/** A payment, and what records decisions about it. */
function keeping(facts: readonly Fact[]) {
  const kept = { payment: paymentAfter([...facts]) };
  const record = async (_id: string, decide: (state: Payment, given: Given) => readonly Fact[]) => {
    kept.payment = after(kept.payment, decide(kept.payment, given()));
    return { payment: kept.payment, facts: [] };
  };
  const payments: object = { load: async () => kept.payment, by: () => ({ record }) };
  const notify = () => {
    const notice = { notification: "n", transactionId: "s2r" };
    kept.payment = after(kept.payment, notifiedOfOperation(kept.payment, "rfd_1", notice, given()));
  };
  return { kept, payments, notify };
}

/** An authorised payment, and what records decisions about it. */
function keepingMandate(mandate: Mandate) {
  const kept = { mandate };
  const hear = (decide: (state: Mandate) => readonly MandateFact[]) => {
    kept.mandate = afterMandate(kept.mandate, decide(kept.mandate));
  };
  const record = async (_id: string, decide: (state: Mandate, given: Given) => readonly MandateFact[]) => {
    hear((state) => decide(state, given()));
    return { mandate: kept.mandate, facts: [] };
  };
  const mandates: object = { load: async () => kept.mandate, by: () => ({ record }) };
  return { kept, mandates, hear };
}

it("where SIBS notifies a refund before it answers that, the refund is asked about all the same", async () => {
  now = TEN;
  const { kept, payments, notify } = keeping(refundSent(TEN));
  const said = { ...SAID, transactionID: "s2r", paymentStatus: "Success" };
  const sibs = notifying(() => Response.json(said), notify);
  const sent = { kind: "operation_sent", at: TEN, operation: "rfd_1" } as const;
  await sendRequested({ ...parts, sibs, payments } as never, { payment: kept.payment, facts: [sent] }, "rfd_1");
  expect(kept.payment.operations).toMatchObject([{ status: "succeeded", askAt: TEN + SECOND }]);
});

it("where SIBS notifies a reference before it answers that it is withdrawn, the reference is asked about all the same", async () => {
  now = TEN + SECOND;
  const { kept, payments } = keeping(referenceWaiting(TEN));
  const decide = async (_id: string, decided: (state: Payment, given: Given) => Decision<Fact>) => {
    kept.payment = after(kept.payment, decided(kept.payment, given()) as readonly Fact[]);
    return { payment: kept.payment };
  };
  const notice = { notification: "n", success: false, paid: false };
  const sibs = notifying(
    () => Response.json({ ...SAID, transactionID: "s2c", paymentStatus: "Success" }),
    () => {
      kept.payment = after(kept.payment, notifiedOfAttempt(kept.payment, "att_1", notice, given()));
    },
  );
  await withdrawAtSibs({ ...parts, sibs, payments: { ...payments, decide } } as never, kept.payment.id, "att_1");
  expect(kept.payment.attempts).toMatchObject([{ status: "canceled", askAt: TEN + 2 * SECOND }]);
});

describe("where SIBS notifies an authorised payment before it answers", () => {
  const notice = (action: string) => {
    const of = { notification: "n", action, actionStatus: "SCCS", transactionId: "s2m", mandateId: "m" };
    return (mandate: Mandate) => notifiedOfMandate(mandate, of, given());
  };

  it("the request for it by a refusal, it is asked about all the same", async () => {
    now = TEN;
    const { kept, mandates, hear } = keepingMandate(askedFor(TEN));
    const returnStatus = { statusCode: "E0506", statusMsg: "Refused", statusDescription: "No MB WAY" };
    const sibs = notifying(
      () => Response.json({ returnStatus }, { status: 400 }),
      () => hear(notice("CRTN")),
    );
    const ports = {
      ...parts,
      chance: { id: () => "man_1", text: () => "token" },
      sibs,
      mandates: { ...mandates, findPending: async () => null, create: async () => kept.mandate },
      phoneRequests: { count: async () => null },
      inFlight: { waitFor: (_id: string, outcome: Promise<Mandate>) => outcome },
    };
    await createMandate(ports as never, WANTED as never, (() => null) as never);
    expect(kept.mandate).toMatchObject({ status: "refused", askAt: TEN + SECOND });
  });

  it("that it has ended, it is asked about all the same", async () => {
    now = TEN;
    const { kept, mandates, hear } = keepingMandate({ ...askedFor(TEN), transactionId: "s2m" });
    hear((mandate) => hearMandate(mandate, { status: "ACTV", mandateId: "m", limit: null, validUntil: null }, given()));
    const before = kept.mandate;
    const facts = cancelMandate(before, { operation: "mcn_1" }, given()) as readonly MandateFact[];
    hear(() => facts);
    const sibs = notifying(
      () => Response.json({ ...SAID, transactionID: "s2e" }),
      () => hear(notice("SSPN")),
    );
    await endAtSibs({ ...parts, sibs, mandates } as never, { mandate: kept.mandate, facts } as never);
    expect(kept.mandate).toMatchObject({ status: "canceled", askAt: TEN + SECOND });
    expect(kept.mandate.cancellation?.doneAt).toBe(TEN + 2 * SECOND);
  });
});

describe.each(answers)("where SIBS notifies while it is asked, and %s,", (_what, answer) => {
  it("an operation is due still", async () => {
    now = TEN + SECOND;
    const { kept, payments, notify } = keeping(refundInDoubt(TEN));
    await askOperation({ ...parts, sibs: notifying(answer, notify), payments } as never, kept.payment.id, "rfd_1");
    expect(kept.payment.operations[0]?.askAt).toBe(TEN + 2 * SECOND);
  });

  it("an authorised payment is due still", async () => {
    now = TEN + SECOND;
    const { kept, mandates, hear } = keepingMandate({ ...askedFor(TEN), transactionId: "s2m" });
    const notice = { notification: "n", action: "CRTN", actionStatus: "SCCS", transactionId: "s2m", mandateId: "m" };
    const sibs = notifying(answer, () => hear((mandate) => notifiedOfMandate(mandate, notice, given())));
    await askMandate({ ...parts, sibs, mandates, countUnknown: () => undefined } as never, kept.mandate.id);
    expect(kept.mandate.askAt).toBe(TEN + 2 * SECOND);
  });
});
