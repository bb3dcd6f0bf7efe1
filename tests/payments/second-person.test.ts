import { cents } from "@caravela/sibs/money";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, faults, read } from "../support/actions.ts";
import type { Answer } from "../support/json.ts";
import { asOperator, type SignedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

// Of one payment 100.00 € go back by one person alone, and 150.00 € on a day of theirs.

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ alone: { above: cents(10_000), day: cents(15_000) } });
});
afterAll(() => stage.close());

async function paid(amount = 30_000): Promise<string> {
  const payment = await createPayment(stage, { amount });
  await askPhone(stage, payment);
  await approve(stage);
  await stage.settle();
  return payment;
}

const refund = (by: Pick<SignedIn, "api">, payment: string, amount: number, more: object = {}) =>
  by.api("POST", `/v1/payments/${payment}/refunds`, { amount, ...more });
const decide = (by: Pick<SignedIn, "api">, id: string, headers?: Record<string, string>) =>
  by.api("POST", `/v1/approvals/${id}/approve`, undefined, headers);
const refunded = async (payment: string) => (await stage.api("GET", `/v1/payments/${payment}`)).body.amountRefunded;
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();

/** A refund that waits, with who asked. */
async function waiting(amount = 12_000, limits: { readonly refundLimit?: number } = {}) {
  const asker = await asOperator(stage, "refunder", { name: "Ana", ...limits });
  const payment = await paid();
  const { status, body } = await refund(asker, payment, amount);
  expect(status).toBe(202);
  return { asker, payment, id: body.id as string };
}

describe("a refund that is more than one person may give back", () => {
  it("waits, is told to everybody as a task, and is made once another person approves it, with both names", async () => {
    const [ana, rui] = [
      await asOperator(stage, "refunder", { name: "Ana" }),
      await asOperator(stage, "owner", { name: "Rui" }),
    ];
    const payment = await paid();
    const { reference } = await read(stage, payment);
    const said = { reason: "requested_by_customer", note: "All of it came back." };
    const key = { "idempotency-key": crypto.randomUUID() };
    const path = `/v1/payments/${payment}/refunds`;
    const asked = await ana.api("POST", path, { amount: 10_001, ...said }, key);
    expect(asked).toMatchObject({
      status: 202,
      body: {
        status: "waiting",
        payment,
        reference,
        amount: 10_001,
        statedReason: "requested_by_customer",
        note: "All of it came back.",
        requestedBy: { id: ana.id, name: "Ana" },
        decidedBy: null,
        refund: null,
      },
    });
    const again = await ana.api("POST", path, { amount: 10_001, ...said }, key);
    expect([again.status, again.body]).toEqual([202, asked.body]);
    expect(await refunded(payment)).toBe(0);
    const { id } = asked.body;
    const [task] = (await ana.api("GET", `/v1/tasks?subject=${payment}`)).body.data;
    expect(task).toMatchObject({ id: `approval_waiting.${id}`, kind: "approval_waiting", subject: payment, reference });
    expect(task.text).toBe("Ana asked for a refund of €100.01: another person must approve it, or refuse it.");
    expect((await decide(ana, id)).body).toMatchObject({ status: 403, type: "/problems/second_person" });
    const approveKey = { "idempotency-key": crypto.randomUUID() };
    const made = await decide(rui, id, approveKey);
    const by = { requestedBy: { id: ana.id, name: "Ana" } };
    expect(made).toMatchObject({
      status: 201,
      body: { amount: 10_001, status: "succeeded", ...said, reason: "requested", ...by, statedReason: said.reason },
    });
    expect((await decide(rui, id, approveKey)).body).toEqual(made.body);
    expect(await refunded(payment)).toBe(10_001);
    const { data } = (await rui.api("GET", `/v1/approvals?payment=${payment}`)).body;
    expect(data).toMatchObject([
      { id, status: "approved", reference, decidedBy: { id: rui.id, name: "Rui" }, refund: made.body.id },
    ]);
    expect((await ana.api("GET", `/v1/tasks?subject=${payment}`)).body.data).toEqual([]);
    const journal = (await rui.api("GET", `/v1/payments/${payment}/journal`)).body.data;
    const begun = journal.find(({ kind }: { kind: string }) => kind === "operation_requested");
    expect(begun).toMatchObject({
      by: { type: "operator", id: rui.id, name: "Rui" },
      data: { requestedBy: { name: "Ana" } },
    });
    expect(begun.text).toContain("Ana asked for it, and another person approved it.");
    const audit = (await rui.api("GET", `/v1/audit?subject=${id}`)).body.data;
    expect(audit).toMatchObject([
      { kind: "answered", operation: "approveRefund", by: { id: rui.id }, status: 201 },
      { kind: "asked", operation: "approveRefund", by: { id: rui.id } },
      { kind: "answered", operation: "approveRefund", by: { id: rui.id }, status: 201 },
      { kind: "asked", operation: "approveRefund", by: { id: rui.id } },
      { kind: "answered", operation: "approveRefund", by: { id: ana.id }, status: 403 },
      { kind: "asked", operation: "approveRefund", by: { id: ana.id } },
    ]);
  });

  it("stands in the list of tasks however many wait, and by itself at its payment", async () => {
    const { payment, id } = await waiting();
    await stage.pool.query(
      `insert into caravela.approval (id, payment_id, terminal, amount, requested_by, created_at, expires_at)
       select 'apr_' || lpad(number::text, 20, '0'), 'pay_other', terminal, 100, requested_by,
              created_at + (1 + number % 40) * interval '1 second', expires_at + interval '1 day'
         from caravela.approval, generate_series(1, 120) as number where id = $1`,
      [id],
    );
    const seen: string[] = [];
    for (let next: string | null = ""; next !== null; ) {
      const page: Answer["body"] = (await stage.api("GET", `/v1/tasks?limit=50${next && `&after=${next}`}`)).body;
      seen.push(...page.data.map((task: { id: string }) => task.id));
      next = page.next;
    }
    const told = seen.filter((one) => one.startsWith("approval_waiting."));
    expect([told.length, new Set(told).size]).toEqual([121, 121]);
    expect(told.at(-1)).toBe(`approval_waiting.${id}`);
    const own = (await stage.api("GET", `/v1/tasks?subject=${payment}`)).body.data;
    expect(own).toMatchObject([{ id: `approval_waiting.${id}` }]);
    await stage.pool.query("delete from caravela.approval where payment_id = 'pay_other'");
  });

  it("is no smaller for coming in parts: of a payment, of a day, and at once", async () => {
    const [one, other] = [await asOperator(stage, "refunder"), await asOperator(stage, "refunder")];
    const payment = await paid();
    expect((await refund(one, payment, 6_000)).status).toBe(201);
    expect((await refund(other, payment, 4_001)).status).toBe(202);
    expect((await refund(other, payment, 4_000)).status).toBe(201);
    expect((await refund(one, payment, 1)).status).toBe(202);
    const [second, third] = [await paid(), await paid()];
    expect((await refund(one, second, 9_001)).status).toBe(202);
    expect((await refund(one, second, 9_000)).status).toBe(201);
    expect((await refund(one, third, 1)).status).toBe(202);
    const hasty = await asOperator(stage, "refunder");
    const payments = await Promise.all(Array.from({ length: 4 }, () => paid()));
    const ofDay = await Promise.all(payments.map((of) => refund(hasty, of, 6_000)));
    expect(statuses(ofDay)).toEqual([201, 201, 202, 202]);
    const fast = await paid();
    const people = await Promise.all(Array.from({ length: 4 }, () => asOperator(stage, "refunder")));
    const ofPayment = await Promise.all(people.map((by) => refund(by, fast, 4_000)));
    expect(statuses(ofPayment)).toEqual([201, 201, 202, 202]);
    expect(await refunded(fast)).toBe(8_000);
    expect((await stage.api("POST", `/v1/payments/${fast}/refunds`, { amount: 20_000 })).status).toBe(201);
  });

  it("counts, once approved, in what the person may give back alone that day", async () => {
    const { asker, id } = await waiting(12_000);
    expect((await decide(await asOperator(stage, "owner"), id)).status).toBe(201);
    expect((await refund(asker, await paid(), 3_001)).status).toBe(202);
    expect((await refund(asker, await paid(), 3_000)).status).toBe(201);
  });

  it("is decided once, by however many at once", async () => {
    const { payment, id } = await waiting();
    const people = await Promise.all(Array.from({ length: 3 }, () => asOperator(stage, "owner")));
    const refuse = people[0]?.api("POST", `/v1/approvals/${id}/refuse`, { note: "No." });
    const answers = await Promise.all([...people.slice(1).map((by) => decide(by, id)), ...(refuse ? [refuse] : [])]);
    const [won = 0, ...lost] = statuses(answers);
    expect(lost).toEqual([409, 409]);
    expect([200, 201]).toContain(won);
    expect(await refunded(payment)).toBe(won === 201 ? 12_000 : 0);
    const over = await decide(people[1] as SignedIn, id);
    expect(over.body).toMatchObject({
      type: "/problems/approval_over",
      status: 409,
      approvalStatus: won === 201 ? "approved" : "refused",
    });
  });

  it("is refused with a reason, and nothing goes back", async () => {
    const { asker, payment, id } = await waiting();
    const owner = await asOperator(stage, "owner", { name: "Rui" });
    const refused = await owner.api("POST", `/v1/approvals/${id}/refuse`, { note: "Wait for the parcel." });
    expect(refused).toMatchObject({
      status: 200,
      body: { status: "refused", decisionNote: "Wait for the parcel.", decidedBy: { name: "Rui" } },
    });
    expect((await decide(owner, id)).body.type).toBe("/problems/approval_over");
    expect((await asker.api("POST", `/v1/approvals/${id}/refuse`, { note: "x" })).status).toBe(403);
    expect(await refunded(payment)).toBe(0);
  });

  it("is withdrawn by whoever asked, and by nobody else", async () => {
    const { asker, payment, id } = await waiting();
    const owner = await asOperator(stage, "owner");
    const callsOf = async (by: SignedIn) =>
      (await by.api("GET", `/v1/tasks?subject=${payment}`)).body.data[0].actions.map(({ path }: { path: string }) =>
        path.replace(/.*\//, ""),
      );
    expect([await callsOf(asker), await callsOf(owner)]).toEqual([["withdraw"], ["approve", "refuse"]]);
    const withdraw = (by: SignedIn) => by.api("POST", `/v1/approvals/${id}/withdraw`);
    expect((await withdraw(owner)).body).toMatchObject({ status: 403, type: "/problems/only_requester" });
    expect(await withdraw(asker)).toMatchObject({
      status: 200,
      body: { id, status: "withdrawn", decidedBy: { id: asker.id }, decisionNote: null, refund: null },
    });
    for (const again of [await decide(owner, id), await withdraw(asker)])
      expect(again.body).toMatchObject({ type: "/problems/approval_over", approvalStatus: "withdrawn" });
    const listed = async (status: string) =>
      (await owner.api("GET", `/v1/approvals?payment=${payment}&status=${status}`)).body.data.length;
    expect([await listed("withdrawn"), await listed("refused"), await listed("waiting")]).toEqual([1, 0, 0]);
    expect((await owner.api("GET", `/v1/tasks?subject=${payment}`)).body.data).toEqual([]);
    expect(await refunded(payment)).toBe(0);
  });

  it("goes back within the limits of both, of a payment and of a day", async () => {
    const { payment, id } = await waiting();
    const limited = await asOperator(stage, "refunder", { refundLimit: 11_999 });
    expect((await decide(limited, id)).body).toMatchObject({ type: "/problems/refund_limit", of: "payment" });
    const enough = await asOperator(stage, "refunder", { refundLimit: 20_000 });
    expect((await decide(enough, id)).status).toBe(201);
    const next = await waiting();
    expect((await decide(enough, next.id)).body).toMatchObject({
      type: "/problems/refund_limit",
      of: "day",
      left: 8_000,
    });
    const asker = await asOperator(stage, "refunder", { refundLimit: 11_000 });
    expect((await refund(asker, await paid(), 11_001)).body).toMatchObject({ type: "/problems/refund_limit" });
    expect(await refunded(payment)).toBe(12_000);
    expect(await refunded(next.payment)).toBe(0);
  });

  it("is not made when the money went back meanwhile, its time is over, or whoever asked may not any more", async () => {
    const owner = await asOperator(stage, "owner");
    const spent = await waiting();
    await stage.api("POST", `/v1/payments/${spent.payment}/refunds`, { amount: 25_000 });
    expect((await decide(owner, spent.id)).body).toMatchObject({ type: "/problems/refund_exceeds_captured" });
    const [lowered, removed] = [await waiting(), await waiting()];
    await stage.pool.query("update caravela.operator set role = 'support' where id = $1", [lowered.asker.id]);
    await stage.pool.query("update caravela.operator set removed_at = now() where id = $1", [removed.asker.id]);
    for (const { id, payment } of [lowered, removed]) {
      expect((await decide(owner, id)).body).toMatchObject({ status: 409, type: "/problems/requester_gone" });
      expect(await refunded(payment)).toBe(0);
    }
    const late = await waiting();
    await stage.pool.query("update caravela.approval set expires_at = created_at where id = $1", [late.id]);
    expect((await decide(owner, late.id)).body).toMatchObject({
      type: "/problems/approval_over",
      status: 409,
      approvalStatus: "expired",
    });
    expect((await owner.api("GET", "/v1/approvals?status=expired")).body.data).toMatchObject([{ id: late.id }]);
    const still = (await owner.api("GET", "/v1/approvals?status=waiting&limit=100")).body.data;
    expect(still.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining([spent.id, lowered.id, removed.id]),
    );
    expect(still.map(({ id }: { id: string }) => id)).not.toContain(late.id);
  });

  it("does not count where SIBS does not take it", async () => {
    const { id, asker } = await waiting();
    await faults(stage, { refund: { http: { 400: 1 } } });
    const failed = await decide(await asOperator(stage, "owner"), id);
    await faults(stage, {});
    expect(failed).toMatchObject({ status: 201, body: { status: "failed" } });
    expect((await refund(asker, await paid(), 9_000)).status).toBe(201);
  });

  it("keeps nothing of what was said of a customer who is erased", async () => {
    const asker = await asOperator(stage, "refunder");
    const payment = await createPayment(stage, { amount: 12_000, customer: { id: "c-erased" } });
    await askPhone(stage, payment);
    await approve(stage);
    await stage.settle();
    const key = { "idempotency-key": crypto.randomUUID() };
    const path = `/v1/payments/${payment}/refunds`;
    const asked = { amount: 11_000, note: "Ana Reis called." };
    const { id } = (await asker.api("POST", path, asked, key)).body;
    const owner = await asOperator(stage, "owner");
    await owner.api("POST", `/v1/approvals/${id}/refuse`, { note: "Ana Reis paid in cash." });
    await stage.api("POST", `${path}`, { amount: 100, note: "Ana Reis again.", reason: "other" });
    expect((await stage.api("POST", "/v1/customers/c-erased/erase")).status).toBe(200);
    const { data } = (await owner.api("GET", `/v1/approvals?payment=${payment}`)).body;
    expect(data).toMatchObject([{ id, note: null, decisionNote: null, status: "refused" }]);
    expect((await asker.api("POST", path, asked, key)).body).toMatchObject({ id, note: null });
    const { refunds } = (await stage.api("GET", `/v1/payments/${payment}`)).body;
    expect(refunds).toMatchObject([{ note: null, statedReason: "other" }]);
    for (const table of ["approval", "approval_decision", "fact", "event", "idempotency", "payment", "audit"]) {
      const { rows } = await stage.pool.query(
        `select count(*)::integer as n from caravela.${table} as t where t::text like '%Ana Reis%'`,
      );
      expect(rows[0]?.n, table).toBe(0);
    }
  });

  it("may not be decided by a key, a role that may not refund, or somebody of another terminal", async () => {
    const { id } = await waiting();
    expect((await decide(stage, id)).body).toMatchObject({ type: "/problems/person_needed" });
    expect((await decide(await asOperator(stage, "support"), id)).body).toMatchObject({
      type: "/problems/role_missing",
    });
    expect((await decide(await asOperator(stage, "owner", { terminal: "99999" }), id)).status).toBe(404);
    expect((await decide(await asOperator(stage, "owner"), "apr_00000000000000000000")).status).toBe(404);
  });
});
