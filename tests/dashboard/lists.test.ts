import { inTransaction } from "@caravela/platform/postgres/transaction";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import { deskOf, type Seen } from "../support/dashboard.ts";
import { asOperator, type SignedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

/** Who waits for a person's row. */
const WAITING =
  "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%caravela.operator%'";

let stage: Stage;
let accountant: SignedIn;
beforeAll(async () => {
  stage = await setStage();
  accountant = await asOperator(stage, "accountant");
  for (const amount of [100, 250]) {
    const id = await createPayment(stage, { reference: `order-of-${amount}` });
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    await stage.api("POST", `/v1/payments/${id}/refunds`, { amount });
  }
});
afterAll(() => stage.close());

function fileOf({ html }: Seen): string {
  const [, path = ""] = /href="(\/v1\/exports\/[^"]*)"/.exec(html) ?? [];
  return path.replaceAll("&amp;", "&");
}

async function read(path: string): Promise<string> {
  const answer = await fetch(`${stage.server.url}${path}`, { headers: { cookie: accountant.cookie } });
  expect(answer.status).toBe(200);
  return answer.text();
}

describe("the list of refunds", () => {
  it("shows each with why and how it stands, and keeps to its filters", async () => {
    const desk = deskOf(stage, accountant);
    const all = await desk.look("/dashboard/refunds");
    expect(all.text).toMatch(/Done asked for order-of-250 €2\.50 .*Done asked for order-of-100 €1\.00/);
    expect(all.html).toMatch(/<a href="\/dashboard\/payments\/pay_\w+">order-of-250<\/a>/);
    const failed = await desk.look("/dashboard/refunds?status=failed");
    expect(failed.text).toContain("No refund matches these filters.");
    expect((await desk.look("/dashboard/refunds?status=wrong")).status).toBe(400);
  });
});

describe("the list of payments", () => {
  it("has views that lead to what they say, and columns that stand in the address", async () => {
    const desk = deskOf(stage, accountant);
    const unpaid = await createPayment(stage, { reference: "unpaid-1" });
    const all = await desk.look("/dashboard/payments");
    const [, refunded = ""] = /href="([^"]*refunded_from[^"]*)"/.exec(all.html) ?? [];
    const [, paid = ""] = /href="([^"]*paid_from[^"]*)"/.exec(all.html) ?? [];
    for (const path of [refunded, paid]) {
      const seen = await desk.look(path.replaceAll("&amp;", "&"));
      expect([seen.status, seen.html.includes(unpaid)]).toEqual([200, false]);
      expect(seen.html).toContain(`href="${path}" aria-current="page"`);
      expect(seen.text).toMatch(/Partly refunded/);
    }
    const chosen = await desk.look("/dashboard/payments?columns=refunded&columns=terminal&refunded_from=2020-01-01");
    expect(chosen.status).toBe(400);
    const columns = await desk.look("/dashboard/payments?columns=refunded&columns=terminal&status=open");
    expect([...columns.html.matchAll(/<th [^>]*>([^<]*)</g)].map(([, name]) => name)).toEqual([
      "Order",
      "Terminal",
      "Refunded",
    ]);
  });

  it("is kept as a view of one's own, by its filters and columns, renamed and removed, and seen by nobody else", async () => {
    const desk = deskOf(stage, accountant);
    const address = "/dashboard/payments?status=open&columns=reference%2Camount";
    const keep = await desk.send(await desk.look(address), "/dashboard/payments/views", { name: " To come " });
    expect(keep.to).toBe(address);
    const kept = await desk.look(address);
    expect(kept.html).toMatch(/aria-current="page"[^>]*>To come</);
    expect(kept.text).not.toContain("Keep this view");
    const own = await desk.look("/dashboard/payments/views");
    const [, path = ""] = /action="([^"]*)\/rename"/.exec(own.html) ?? [];
    const field = `name-${path.replace(/.*\//, "")}`;
    expect((await desk.send(own, `${path}/rename`, { [field]: " " })).text).toContain("This is missing.");
    expect((await desk.send(own, `${path}/rename`, { [field]: "Awaited" })).to).toBe("/dashboard/payments/views");
    expect((await desk.look("/dashboard/payments")).text).toContain("Awaited");
    const other = deskOf(stage, await asOperator(stage, "viewer"));
    expect((await other.look("/dashboard/payments")).text).not.toContain("Awaited");
    expect((await other.post(`${path}/rename`, { key: "k", [field]: "Mine" })).status).toBe(404);
    await other.post(`${path}/remove`, { key: "k" });
    expect((await desk.look("/dashboard/payments")).text).toContain("Awaited");
    expect((await desk.send(await desk.look("/dashboard/payments/views"), `${path}/remove`)).to).toBe(
      "/dashboard/payments/views",
    );
    expect((await desk.look("/dashboard/payments")).text).not.toContain("Awaited");
  });

  it("is kept fifty times at most, however many presses come at once, and goes with whoever kept it", async () => {
    const colleague = await asOperator(stage, "viewer");
    const owner = await asOperator(stage, "owner");
    await stage.pool.query(
      `insert into caravela.saved_view (id, operator_id, name, query, created_at)
       select 'view_' || lpad(number::text, 20, '0'), $1, 'One', 'status=open', now() from generate_series(1, 47) as number`,
      [colleague.id],
    );
    const keep = () => colleague.api("POST", "/v1/views", { name: "One more", query: "status=paid" });
    // when they were last seen is noted by the minute, and waits as well
    await colleague.api("GET", "/v1/views");
    // while one is being kept, another press waits for it
    const late = await inTransaction(stage.pool, async (connection) => {
      await connection.query("select from caravela.operator where id = $1 for no key update", [colleague.id]);
      const pressed = keep();
      await until(async () => (await stage.pool.query(WAITING)).rowCount === 1);
      return { pressed };
    });
    expect((await late.pressed).status).toBe(201);
    const kept = await Promise.all(Array.from({ length: 6 }, keep));
    expect(kept.map(({ status }) => status).sort()).toEqual([201, 201, 422, 422, 422, 422]);
    const left = async () =>
      (await stage.pool.query("select from caravela.saved_view where operator_id = $1", [colleague.id])).rowCount;
    expect(await left()).toBe(50);
    expect((await owner.api("DELETE", `/v1/operators/${colleague.id}`)).status).toBe(204);
    expect(await left()).toBe(0);
  });

  it("is not kept with what says who a customer is, or what no list can be", async () => {
    const desk = deskOf(stage, accountant);
    expect((await desk.look("/dashboard/payments?customer=c7")).text).not.toContain("Keep this view");
    for (const query of ["customer=c7", "q=ana", "status=wrong", "columns=<b>", "made_up=1", "failed_from=2026-11-01"])
      expect([query, (await desk.post("/dashboard/payments/views", { key: query, name: "x", query })).status]).toEqual([
        query,
        400,
      ]);
    expect((await stage.api("GET", "/v1/views")).status).toBe(403);
  });
});

describe("a list as a file", () => {
  it("is just this list, as a spreadsheet of the language reads it", async () => {
    const inEnglish = fileOf(await deskOf(stage, accountant).look("/dashboard/refunds?status=succeeded"));
    expect((await read(inEnglish)).split("\r\n").length).toBe(4);
    const none = fileOf(await deskOf(stage, accountant).look("/dashboard/refunds?status=failed"));
    expect((await read(none)).split("\r\n").length).toBe(2);
    const found = fileOf(await deskOf(stage, accountant, "pt").look("/dashboard/payments?q=5,50+€"));
    expect(found).toContain("format=pt");
    expect(await read(found)).toContain(";5,50;");
  });

  it("is offered to whom it is given alone", async () => {
    const desk = deskOf(stage, await asOperator(stage, "support"));
    for (const path of ["/dashboard/refunds", "/dashboard/payments"]) expect(fileOf(await desk.look(path))).toBe("");
  });
});
