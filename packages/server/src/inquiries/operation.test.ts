import { createLog } from "@caravela/platform/log";
import { cents } from "@caravela/sibs/money";
import { expect, it } from "vitest";
import type { Given } from "../domain/decision.ts";
import { failure } from "../domain/failure.ts";
import { after } from "../domain/payment/decision.ts";
import type { Fact } from "../domain/payment/facts.ts";
import type { Payment } from "../domain/payment/state.ts";
import { paymentAfter, refundInDoubt, TEN } from "../domain/payment/testing/builders.ts";
import { HOUR } from "../domain/time.ts";
import { SibsPort } from "../sibs/port.ts";
import { byTerminal } from "../terminals.ts";
import { askOperation } from "./operation.ts";

const said = (statusCode: string) => ({ returnStatus: { statusCode, statusMsg: "", statusDescription: "" } });
const unsent = { failure: failure("not_sent"), transactionId: null, saidBy: "absence" } as const;

/** A refund counts as never sent; another was sent in its place, which SIBS refused, and that is not believed yet. */
const REFUSED_AFTER_UNSENT: readonly Fact[] = [
  ...refundInDoubt(TEN),
  { kind: "operation_failed", at: TEN + HOUR, operation: "rfd_1", ...unsent },
  {
    kind: "operation_requested",
    at: TEN + HOUR,
    operation: "rfd_2",
    operationKind: "refund",
    attempt: "att_1",
    amount: cents(550),
    reason: "requested",
  },
  { kind: "operation_sent", at: TEN + HOUR, operation: "rfd_2" },
  { kind: "operation_in_doubt", at: TEN + HOUR, operation: "rfd_2", refusal: failure("already_refunded") },
];

/** Asks about the second, as whoever comes to it by its schedule. @param done those that SIBS has done */
async function asked(done: readonly string[] = [], before: readonly Fact[] = []) {
  const lookedUp: string[] = [];
  let payment = paymentAfter([...REFUSED_AFTER_UNSENT, ...before]);
  const now = TEN + HOUR + HOUR;
  const given: Given = { now, id: (prefix) => `${prefix}_1` };
  const sibs = new SibsPort({
    terminalId: 52221,
    clientId: "id",
    token: "token",
    baseUrl: "http://127.0.0.1:9",
    fetch: async (input) => {
      const own = new URL(String(input)).searchParams.get("merchantTransactionId") ?? "";
      lookedUp.push(own);
      if (!done.includes(own)) return Response.json(said("E0301"), { status: 404 });
      const status = { transactionID: `s2-${own}`, paymentStatus: "Success", paymentType: "RFND" };
      return Response.json({ ...said("000"), ...status, merchant: { merchantTransactionId: own } });
    },
  });
  const record = async (_id: string, decide: (state: Payment, given: Given) => readonly Fact[]) => {
    payment = after(payment, decide(payment, given));
    return { payment, facts: [] };
  };
  const payments: object = { load: async () => payment, by: () => ({ record }), wasHeardOf: async () => false };
  const log = createLog({ name: "test", level: "silent" });
  const ports = { sibs: byTerminal(() => sibs), payments, log, clock: { now: () => new Date(now) }, chance: {} };
  await askOperation(ports as never, payment.id, "rfd_2");
  return { lookedUp, payment };
}

it("a refusal that an earlier sending may have caused is believed once SIBS was asked about that one too, whoever asks", async () => {
  const { lookedUp, payment } = await asked();
  expect(lookedUp).toEqual(["rfd_1", "rfd_2"]);
  expect(payment.operations).toMatchObject([
    { status: "failed", failure: { reason: "not_sent" } },
    { status: "failed", failure: { reason: "already_refunded" } },
  ]);
});

it("the earlier sending that proves to be done is heard of by that", async () => {
  const { payment } = await asked(["rfd_1"]);
  expect(payment).toMatchObject({ amountRefunded: 550, operations: [{ status: "succeeded" }, { status: "failed" }] });
});

it("of an earlier sending that SIBS has spoken of since, it is not asked again", async () => {
  const { lookedUp } = await asked(
    [],
    [{ kind: "operation_asked", at: TEN + HOUR, operation: "rfd_1", said: "unknown", freesAnother: true }],
  );
  expect(lookedUp).toEqual(["rfd_2"]);
});
