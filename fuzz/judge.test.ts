import { expect, it } from "vitest";
import { BOUND_MS, faultsOf, type Outcome } from "./judge.ts";
import type { Asked } from "./request.ts";
import { wholeInput } from "./surfaces/surface.ts";
import type { Change } from "./world/counted.ts";
import { CARD_NUMBERS } from "./world/lives.ts";
import type { Things } from "./world/things.ts";

const SECRET = "sk_test_that_nobody_may_see";
const things = { secrets: [SECRET] } as unknown as Things;
const described = { things, description: async () => [] };

const asked: Asked = {
  program: "server",
  method: "POST",
  target: "/v1/payments",
  headers: [],
  body: Buffer.from("{}"),
  story: "createPayment",
};

function outcome({
  status = 400,
  body = "{}",
  took = 5,
  changes = [] as Change[],
  lines = [] as string[],
} = {}): Outcome {
  return { heard: { status, headers: [], body: Buffer.from(body), took }, changes, lines };
}

const inserted = (table: string): Change => ({ number: 1, table, did: "INSERT", columns: [] });
const faults = (of: Outcome, by: Partial<Asked> = {}) => faultsOf(wholeInput({ ...asked, ...by }), of, described);

it("finds nothing wrong with a refusal that changes nothing, and with what is done", async () => {
  expect(await faults(outcome())).toEqual([]);
  expect(await faults(outcome({ status: 201, changes: [inserted("caravela.payment")] }))).toEqual([]);
});

it.each([
  ["500", outcome({ status: 500 })],
  ["503 that says nothing of a race", outcome({ status: 503, body: '{"type":"/problems/unavailable"}' })],
  ["an answer that takes long", outcome({ took: BOUND_MS + 1 })],
  ["no answer", { ...outcome(), heard: { none: "silent", took: 1 } } as Outcome],
  ["a connection that is closed", { ...outcome(), heard: { none: "closed", took: 1 } } as Outcome],
  ["a stack trace", outcome({ body: "Error: x\n    at handle (/app/main.ts:12:3)" })],
  ["PostgreSQL's own words", outcome({ body: 'duplicate key value violates unique constraint "payment_pkey"' })],
  ["a secret", outcome({ body: SECRET })],
  ["a card's number", outcome({ body: `the card ${CARD_NUMBERS[0]}` })],
  ["a secret in the log", outcome({ lines: [`{"level":30,"msg":"${SECRET}"}`] })],
  ["a card's number in the log", outcome({ lines: [`{"level":20,"msg":"${CARD_NUMBERS[1]}"}`] })],
  ["an error in the log", outcome({ lines: ['{"level":50,"msg":"a request failed"}'] })],
  ["a payment that was made though it was refused", outcome({ changes: [inserted("caravela.payment")] })],
])("finds %s", async (_what, of) => {
  expect(await faults(of)).not.toEqual([]);
});

it("finds what is changed by who only reads", async () => {
  const changed = outcome({ status: 200, changes: [inserted("caravela.payment_note")] });
  expect(await faults(changed, { method: "GET", body: null })).not.toEqual([]);
});

it("lets be counted what is counted on purpose, and where it is", async () => {
  const kept = outcome({ status: 422, changes: [inserted("caravela.idempotency")] });
  expect(await faults(kept)).toEqual([]);
  expect(await faults(kept, { method: "DELETE" })).not.toEqual([]);
  const seen: Change = { number: 1, table: "caravela.session", did: "UPDATE", columns: ["seen_at"] };
  expect(await faults(outcome({ changes: [seen] }))).toEqual([]);
  expect(await faults(outcome({ changes: [{ ...seen, columns: ["seen_at", "ends_at"] }] }))).not.toEqual([]);
});

it("finds what the description does not have", async () => {
  const judging = { things, description: async () => ["/amount must be integer"] };
  expect(await faultsOf(wholeInput(asked), outcome({ status: 201 }), judging)).toEqual(["/amount must be integer"]);
});
