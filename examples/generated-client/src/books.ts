import { parse } from "csv-parse/sync";
import { answered, caravela, clientBy, once, sandbox, untilPaid } from "./client.ts";

/** A key that is good for this alone; its secret is told once. */
async function makeKey(name: string, scopes: ("payments:read" | "refunds:write" | "reports")[], limits: object = {}) {
  const key = answered(
    await caravela.POST("/v1/keys", { params: { header: once() }, body: { name, scopes, ...limits } }),
  );
  return { id: key.id, api: clientBy(key.secret ?? "") };
}
const till = await makeKey("Till 1", ["payments:read", "refunds:write"], { refundLimit: 2000 });
const books = await makeKey("Books", ["reports"]);

/** A payment of 50 €, paid by Multibanco. */
async function pay(): Promise<{ id: string; reference: string }> {
  const body = { amount: 5000, currency: "EUR", reference: `order-${crypto.randomUUID()}` } as const;
  const { id } = answered(await caravela.POST("/v1/payments", { params: { header: once() }, body }));
  const { multibanco } = answered(
    await caravela.POST("/v1/payments/{id}/attempts", {
      params: { header: once(), path: { id } },
      body: { method: "multibanco" },
    }),
  );
  if (multibanco === null) throw new Error("there is no reference");
  await sandbox("POST", `/references/${multibanco.entity}/${multibanco.reference}/pay`, { amount: "50.00" });
  await untilPaid(id);
  return { id, reference: multibanco.reference };
}
const order = await pay();
const other = await pay();

const readOut = order.reference.replace(/(\d{3})(?=\d)/g, "$1 ");
const found = answered(await till.api.GET("/v1/payments", { params: { query: { q: readOut } } }));
console.log(`found by the reference that was read out: ${found.data.map(({ id }) => id === order.id)}`);

const journal = answered(
  await till.api.GET("/v1/payments/{id}/journal", {
    params: { path: { id: order.id }, header: { "accept-language": "pt" } },
  }),
);
console.log(journal.data.find(({ kind }) => kind === "attempt_approved")?.text);

const refund = (id: string, amount: number) =>
  till.api.POST("/v1/payments/{id}/refunds", { params: { header: once(), path: { id } }, body: { amount } });
for (const [payment, amount] of [
  [order, 2100],
  [order, 1200],
  [other, 900],
] as const) {
  const answer = await refund(payment.id, amount);
  if (answer.error?.type === "/problems/refund_limit") console.log(answer.error.detail);
  else console.log(`refunded: ${answered(answer).amount} cents`);
}

// a refund whose answer is lost, and of which SIBS cannot be asked for a while
await sandbox("PUT", "/faults", {
  calls: { refund: { dropAnswer: 1 }, status: { http: { 503: 1 } } },
  notifications: { drop: 1 },
});
const lost = answered(await refund(order.id, 300));
await sandbox("POST", "/clock/advance", { seconds: 360 });
await sandbox("PUT", "/faults", { calls: {}, notifications: {} });
const tasks = answered(await till.api.GET("/v1/tasks", { params: { query: { limit: 100 } } }));
const task = tasks.data.find(({ subject }) => subject === order.id);
const [call] = task?.actions ?? [];
console.log(`${lost.status}: ${task?.kind}, ${call?.method} ${call?.path.replace(lost.id, "{id}")}`);
const settled = answered(
  await caravela.POST("/v1/operations/{id}/settle", {
    params: { header: once(), path: { id: lost.id } },
    body: { outcome: "done", note: "SIBS Backoffice shows it." },
  }),
);
console.log(`settled: ${settled.status}`);

const { day = "" } = answered(await books.api.GET("/v1/summaries/days")).data[0] ?? {};
const sums = answered(await books.api.GET("/v1/summaries/days", { params: { query: { from: day, to: day } } })).data;
const total = (of: "taken" | "refunded") => sums.reduce((sum, one) => sum + one[of], 0);

/** A file's column, added up in cents. */
async function summed(name: "payments" | "refunds", column: string): Promise<number> {
  const query = { paid_from: day, paid_to: day, sort: "paid" } as const;
  const file = answered(await books.api.GET(`/v1/exports/${name}.csv`, { params: { query }, parseAs: "text" }));
  const rows: Record<string, string>[] = parse(file, { columns: true });
  return rows.reduce((sum, row) => sum + Math.round(Number(row[column]) * 100), 0);
}
console.log(`taken: ${total("taken")}, in the file: ${await summed("payments", "amount_captured")}`);
console.log(`refunded: ${total("refunded")}, in the file: ${await summed("refunds", "amount")}`);

const rolled = answered(
  await caravela.POST("/v1/keys/{id}/roll", {
    params: { header: once(), path: { id: till.id } },
    body: { overlapHours: 1 },
  }),
);
const both = await Promise.all([till.api, clientBy(rolled.secret ?? "")].map((api) => api.GET("/v1/payments")));
console.log(`by the old secret and the new one: ${both.map(({ response }) => response.status).join(", ")}`);

// where the server has a second terminal, the shop there finds nothing of this
const { OTHER_TERMINAL } = process.env;
if (OTHER_TERMINAL !== undefined) {
  const others = await makeKey("The other shop", ["payments:read"], { terminal: OTHER_TERMINAL });
  const theirs = await others.api.GET("/v1/payments/{id}", { params: { path: { id: order.id } } });
  const list = answered(await others.api.GET("/v1/payments", { params: { query: { q: readOut } } }));
  console.log(`the other shop: ${theirs.error?.type}, ${list.data.length} found`);
}
