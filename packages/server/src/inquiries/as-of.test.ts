import { createLog } from "@caravela/platform/log";
import { describe, expect, it } from "vitest";
import type { Given } from "../domain/decision.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import { notifiedOfMandate } from "../domain/mandate/hear.ts";
import { afterMandate } from "../domain/mandate/record.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { askedFor } from "../domain/mandate/testing/builders.ts";
import { after } from "../domain/payment/decision.ts";
import type { Fact } from "../domain/payment/facts.ts";
import { notifiedOfOperation } from "../domain/payment/operate.ts";
import type { Payment } from "../domain/payment/state.ts";
import { paymentAfter, refundInDoubt, refundSent, TEN } from "../domain/payment/testing/builders.ts";
import { SECOND } from "../domain/time.ts";
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
  const payments = { load: async () => kept.payment, by: () => ({ record }) } as never;
  const notify = () => {
    const notice = { notification: "n", transactionId: "s2r" };
    kept.payment = after(kept.payment, notifiedOfOperation(kept.payment, "rfd_1", notice, given()));
  };
  return { kept, payments, notify };
}

it("where SIBS notifies a refund before it answers that, the refund is asked about all the same", async () => {
  now = TEN;
  const { kept, payments, notify } = keeping(refundSent(TEN));
  const said = { ...SAID, transactionID: "s2r", paymentStatus: "Success" };
  const sibs = notifying(() => Response.json(said), notify);
  const sent = { kind: "operation_sent", at: TEN, operation: "rfd_1" } as const;
  await sendRequested({ ...parts, sibs, payments }, { payment: kept.payment, facts: [sent] }, "rfd_1");
  expect(kept.payment.operations).toMatchObject([{ status: "succeeded", askAt: TEN + SECOND }]);
});

describe.each(answers)("where SIBS notifies while it is asked, and %s,", (_what, answer) => {
  it("an operation is due still", async () => {
    now = TEN + SECOND;
    const { kept, payments, notify } = keeping(refundInDoubt(TEN));
    await askOperation({ ...parts, sibs: notifying(answer, notify), payments }, kept.payment.id, "rfd_1");
    expect(kept.payment.operations[0]?.askAt).toBe(TEN + 2 * SECOND);
  });

  it("an authorised payment is due still", async () => {
    now = TEN + SECOND;
    let mandate: Mandate = { ...askedFor(TEN), transactionId: "s2m" };
    const sibs = notifying(answer, () => {
      const notice = { notification: "n", action: "CRTN", actionStatus: "SCCS", transactionId: "s2m", mandateId: "m" };
      mandate = afterMandate(mandate, notifiedOfMandate(mandate, notice, given()));
    });
    const record = async (_id: string, decide: (state: Mandate, given: Given) => readonly MandateFact[]) => {
      mandate = afterMandate(mandate, decide(mandate, given()));
      return { mandate, facts: [] };
    };
    const mandates = { load: async () => mandate, by: () => ({ record }) } as never;
    await askMandate({ ...parts, sibs, mandates, countUnknown: () => undefined }, mandate.id);
    expect(mandate.askAt).toBe(TEN + 2 * SECOND);
  });
});
