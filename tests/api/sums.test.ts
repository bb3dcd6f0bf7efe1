import { addDays, lisbonDate } from "@caravela/platform/lisbon";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, payAtAtm, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { described, readDescription } from "./described.ts";

const DAY = 24 * 60 * 60;

let stage: Stage;
let faults: string[];
beforeAll(async () => {
  const plain = await setStage({ methods: ["mbway", "multibanco", "card"] });
  ({ stage, faults } = described(plain, await readDescription(plain)));
});
afterAll(() => stage.close());
afterEach(() => expect(faults.splice(0)).toEqual([]));

async function paid(amount: number, changes: object = {}): Promise<string> {
  const id = await createPayment(stage, { amount, ...changes });
  await askPhone(stage, id);
  await approve(stage);
  await stage.settle();
  return id;
}
interface Waiting {
  readonly amount: number;
  readonly attempts: readonly { readonly expiresAt: string }[];
}
const sumOf = (lines: readonly { readonly amount: number }[]) => lines.reduce((sum, { amount }) => sum + amount, 0);
const days = (n: number) => new Date(stage.now() + n * DAY * 1000).toISOString();
const today = () => lisbonDate(stage.now());
const get = async (path: string) => (await stage.api("GET", `/v1/${path}`)).body;
const idsOf = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);
/** What moved on a day, by method. */
async function sums(day = today()) {
  const { data } = await get(`summaries/days?from=${day}&to=${day}`);
  return Object.fromEntries(
    data.map(({ method, taken, refunded, held, count }: Record<string, number | string>) => [
      method,
      [taken, refunded, held, count],
    ]),
  );
}

describe("the sums of a day", () => {
  it("are of the day in Lisbon on which the money moved: a refund's own, the capture's own, not its payment's", async () => {
    const first = today();
    const [one, two] = [await paid(1000), await paid(550)];
    const byReference = await createPayment(stage, { amount: 700 });
    const { body } = await askReference(stage, byReference);
    await payAtAtm(stage, body.multibanco, "7.00");
    const held = await paid(900, { capture: "manual" });
    await stage.settle();
    await stage.api("POST", `/v1/payments/${one}/refunds`, { amount: 100 });
    expect(await sums()).toEqual({ mbway: [1550, 100, 900, 3], multibanco: [700, 0, 0, 1] });
    expect((await get("summaries/days")).data[0]).toEqual({
      day: first,
      method: "mbway",
      terminal: (await read(stage, one)).terminal,
      currency: "EUR",
      taken: 1550,
      refunded: 100,
      held: 900,
      count: 3,
    });
    await stage.advance(DAY);
    expect(await sums()).toEqual({});
    await stage.api("POST", `/v1/payments/${two}/refunds`);
    await stage.api("POST", `/v1/payments/${held}/capture`, { amount: 400 });
    expect(await sums()).toEqual({ mbway: [400, 550, -400, 2] });
    await stage.api("POST", `/v1/payments/${held}/cancel`);
    expect(await sums()).toEqual({ mbway: [400, 550, -900, 2] });
    expect(await sums(first)).toEqual({ mbway: [1550, 100, 900, 3], multibanco: [700, 0, 0, 1] });
    const { data } = await get(`summaries/days?from=${first}`);
    expect(data.map(({ day }: { day: string }) => day)).toEqual([today(), first, first]);
    expect((await get("summaries/days?terminal=1")).data).toEqual([]);
    expect((await get("summaries/days?to=0001-01-02")).data).toEqual([]);
  });

  it("have what came late as taken and as refunded, as the statement of the account does", async () => {
    await stage.advance(DAY);
    const late = await createPayment(stage, { amount: 300 });
    await askPhone(stage, late, "919999998");
    await stage.api("POST", `/v1/payments/${late}/cancel`);
    await approve(stage, "919999998");
    await stage.settle();
    await stage.settle();
    expect(await read(stage, late)).toMatchObject({ status: "canceled", refunds: [{ reason: "late" }] });
    expect(await sums()).toEqual({ mbway: [300, 300, 0, 1] });
    expect(await get("refunds?reason=late")).toMatchObject({ data: [{ payment: late, amount: 300 }] });
  });

  it.each([
    ["from=2026-02-30", ["from"]],
    ["from=2026-11-28&to=2026-11-27", ["from", "to"]],
    ["from=9000-01-01", ["from"]],
    ["from=2020-01-01&to=2026-01-01", ["from"]],
    ["from=2026-11-27T10:00:00Z", ["from"]],
    ["terminal=shop&to=x", ["terminal", "to"]],
    ["from=0000-12-31&to=0000-01-01", ["from", "to"]],
  ])("are not asked for by ?%s", async (query, fields) => {
    const { status, body } = await stage.api("GET", `/v1/summaries/days?${query}`);
    expect([status, body.errors.map(({ field }: { field: string }) => field).sort()]).toEqual([400, fields]);
  });
});

describe("attempts that failed, and references to be paid", () => {
  const failures = async (query = "") => (await get(`summaries/failures?${query}`)).data;

  it("are counted by why, on the day on which they failed, and none that was approved after all", async () => {
    await stage.advance(DAY);
    const day = today();
    const declined = await createPayment(stage);
    for (const phone of ["919999991", "919999992"]) {
      await askPhone(stage, declined, phone);
      await stage.sandbox("POST", `/phones/351%23${phone}/decline`);
      await stage.settle();
    }
    const unanswered = await createPayment(stage);
    await askPhone(stage, unanswered, "919999993");
    await stage.advance(6 * 60);
    const { terminal } = await read(stage, unanswered);
    const known = [
      { reason: "declined_by_customer", method: "mbway", terminal, count: 2 },
      { reason: "not_answered", method: "mbway", terminal, count: 1 },
    ];
    expect(await failures(`from=${day}&to=${day}`)).toEqual(known);
    expect(await failures(`from=${addDays(day, 1)}&to=${addDays(day, 1)}`)).toEqual([]);
    expect(await failures("terminal=1")).toEqual([]);
    const behind = async (query: string) => idsOf(await get(`payments?failed_from=${day}&failed_to=${day}&${query}`));
    expect(await behind("failure=declined_by_customer&failed_method=mbway")).toEqual([declined]);
    expect(await behind("failure=not_answered,declined_by_customer")).toEqual([unanswered, declined]);
    expect(await behind("q=9999")).toEqual([]);
    expect(await behind("q=9993")).toEqual([unanswered]);
    expect(await behind("failed_method=card")).toEqual([]);
    const file = await stage.api("GET", `/v1/exports/payments.csv?failed_from=${day}&failed_to=${day}`);
    expect(file.status).toBe(200);
    // as a server of the release before writes them, which knows nothing of it
    await stage.pool.query("delete from listed_attempt");
    await stage.pool.query("update payment set listed_in_full = null");
    expect(await failures(`from=${day}&to=${day}`)).toEqual(known);
  });

  it("are summed up by the day on which they end, to the cent what the list of payments holds", async () => {
    for (const [amount, expiresAt] of [
      [1_000, days(2)],
      [2_050, days(2)],
      [333, days(5)],
    ] as const)
      await askReference(stage, await createPayment(stage, { amount, expiresAt }));
    const left = await createPayment(stage, { amount: 7_777 });
    await askReference(stage, left);
    const { data } = await get("summaries/references");
    const { data: listed } = await get("payments?status=pending&method=multibanco&limit=100");
    const ends = listed.map(({ attempts, amount }: Waiting) => [
      lisbonDate(Date.parse(attempts.at(-1)?.expiresAt ?? "")),
      amount,
    ]);
    const byDay = Map.groupBy(ends as [string, number][], ([day]) => day);
    const { terminal } = await read(stage, left);
    expect(data).toEqual(
      [...byDay].sort().map(([day, some]) => ({
        day,
        terminal,
        currency: "EUR",
        count: some.length,
        amount: some.reduce((sum, [, amount]) => sum + amount, 0),
      })),
    );
    expect(data.length).toBeGreaterThan(2);
    for (const { day, amount } of data) {
      const behind = (await get(`payments?reference_ends=${day}`)).data;
      expect([day, sumOf(behind)]).toEqual([day, amount]);
    }
    await stage.api("POST", `/v1/payments/${left}/cancel`);
    await stage.settle();
    expect(sumOf((await get("summaries/references")).data)).toBe(sumOf(listed) - 7_777);
    expect((await get("summaries/references?terminal=1")).data).toEqual([]);
  });

  it.each([
    ["failure=not_answered", ["failed_from", "failed_to"]],
    ["failed_from=2026-11-01", ["failed_to"]],
    ["failed_from=2026-11-02&failed_to=2026-11-01", ["failed_from", "failed_to"]],
    ["failed_from=2026-10-01&failed_to=2026-11-01&failure=bad_luck", ["failed_from", "failure"]],
    ["refunded_to=2026-11-01", ["refunded_from"]],
    ["refunded_from=2026-10-01&refunded_to=2026-11-01", ["refunded_from"]],
    ["failed_from=2026-02-30&failed_to=2026-11-01", ["failed_from"]],
    ["reference_ends=30/11/2026", ["reference_ends"]],
  ])("list no payments by ?%s", async (query, fields) => {
    const { status, body } = await stage.api("GET", `/v1/payments?${query}`);
    expect([status, body.errors.map(({ field }: { field: string }) => field).sort()]).toEqual([400, fields]);
  });

  it.each([
    "failures?from=2026-02-30",
    "failures?from=2020-01-01",
    "references?terminal=shop",
    "references?from=2026-01-01",
  ])("are not asked for by %s", async (path) =>
    expect((await stage.api("GET", `/v1/summaries/${path}`)).status).toBe(400),
  );
});

describe("lists of refunds and captures", () => {
  it("are filtered, searched and sorted as payments are", async () => {
    const day = today();
    const one = await paid(1000, { reference: "Order 77", customer: { id: "c77", email: "rui@example.pt" } });
    const held = await paid(2000, { reference: "order 78", capture: "manual" });
    const refund = async (amount: number) =>
      (await stage.api("POST", `/v1/payments/${one}/refunds`, { amount })).body.id;
    const [first, second] = [await refund(150), await refund(250)];
    const { captures } = (await stage.api("POST", `/v1/payments/${held}/capture`, { amount: 500 })).body;
    const capture = captures[0].id;
    const shown = (await get(`refunds?payment=${one}`)).data;
    expect(shown).toMatchObject([
      { id: second, payment: one, amount: 250, status: "succeeded", reason: "requested" },
      { id: first, payment: one, amount: 150 },
    ]);
    for (const [path, ids] of [
      ["refunds?customer=c77", [second, first]],
      ["refunds?reference=Order%2077&amount=150", [first]],
      ["refunds?customer=c77&status=succeeded,failed&method=mbway", [second, first]],
      ["refunds?customer=c77&status=in_doubt", []],
      ["refunds?in_doubt=true", []],
      ["refunds?attention=true", []],
      ["refunds?method=card", []],
      [`refunds?customer=c77&created_from=${day}&created_to=${day}`, [second, first]],
      [`refunds?customer=c77&paid_from=${day}&sort=paid`, [second, first]],
      ["refunds?sort=paid&limit=2", [second, first]],
      ["refunds?q=rui%40example.pt", [second, first]],
      ["refunds?q=ORDER%2077&amount=250", [second]],
      [`refunds?q=${first}`, [first, second].sort().reverse()],
      [`refunds?q=1%2C50%20${day}`, [first]],
      ["captures?q=9999&amount=500", [capture]],
      [`captures?payment=${held}`, [capture]],
      ["captures?reference=order%2078&reason=requested", [capture]],
      ["captures?status=succeeded&limit=1", [capture]],
    ] as const)
      expect([path, idsOf(await get(path))]).toEqual([path, ids]);
    const page = await get("refunds?customer=c77&limit=1&sort=paid");
    expect(idsOf(await get(`refunds?customer=c77&limit=1&sort=paid&after=${page.next}`))).toEqual([first]);
  });

  it.each([
    ["refunds?status=paid&reason=automatic", ["reason", "status"]],
    ["refunds?sort=paid&status=failed", ["status"]],
    ["captures?in_doubt=true&status=failed", ["status"]],
    ["captures?reason=late", ["reason"]],
  ])("are not asked for by %s", async (path, fields) => {
    const { status, body } = await stage.api("GET", `/v1/${path}`);
    expect([status, body.errors.map(({ field }: { field: string }) => field).sort()]).toEqual([400, fields]);
  });

  it("know when what was refunded before they were made was refunded: by its journal", async () => {
    const before = (await get("refunds?sort=paid")).data;
    await stage.pool.query("delete from listed_operation");
    await stage.pool.query("delete from movement");
    const days = (await get(`summaries/days`)).data;
    expect(days).toEqual([]);
    await stage.pool.query("update payment set listed_in_full = null");
    expect((await get("refunds?sort=paid")).data).toEqual(before);
    expect((await get(`summaries/days?from=${addDays(today(), -3)}`)).data.length).toBeGreaterThan(3);
  });
});
