import { createDecipheriv } from "node:crypto";
import { Agent, createServer, type IncomingMessage, request } from "node:http";
import pg from "pg";

// The floor: the smallest integration that is still correct while nothing fails. No idempotency, no journal, no
// retries, no pages, no signatures; six commits a payment. It is what the server's rate is compared with, and shows
// what the gateway and the database alone cost.

const { DATABASE_URL, FLOOR_SIBS = "", FLOOR_TERMINAL = "{}", FLOOR_SHOP = "" } = process.env;
const terminal = JSON.parse(FLOOR_TERMINAL);
const secret = Buffer.from(terminal.webhook.secret, "base64");
const agent = new Agent({ keepAlive: true });
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 20, application_name: "floor" });
await pool.query(`create table if not exists floor_payment (
  id text primary key, amount bigint not null, phone text, transaction_id text unique, status text not null, told boolean not null default false)`);
await pool.query("create table if not exists floor_notification (id text primary key, body jsonb not null)");

let made = 0;

const server = createServer(async (incoming, response) => {
  const answer = (status: number, body: object) => {
    const text = JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
    response.end(text);
  };
  try {
    const body = await textOf(incoming);
    const [, , , id, step] = (incoming.url ?? "").split("/");
    if (incoming.url === "/notifications") return answer(200, await takeNotification(incoming, body));
    if (incoming.url === "/v1/payments") return answer(201, await createPayment(JSON.parse(body)));
    if (step === "attempts" && id !== undefined) return answer(201, await startAttempt(id, JSON.parse(body)));
    answer(404, {});
  } catch (error) {
    answer(500, { error: String(error) });
  }
});
// as long as Fastify keeps its own
server.keepAliveTimeout = 72_000;
server.listen(Number(process.env.FLOOR_PORT), "127.0.0.1", () => process.send?.({ ready: true }));

async function createPayment({ amount }: { amount: number }) {
  made += 1;
  const id = `f${process.pid.toString(36)}${made.toString(36)}`;
  await query("create", "insert into floor_payment (id, amount, status) values ($1, $2, 'open')", [id, amount]);
  return { id, amount, status: "open" };
}

async function startAttempt(id: string, { phone }: { phone: string }) {
  const [{ amount }] = (await query("read", "select amount from floor_payment where id = $1", [id])).rows;
  const value = { value: Number(amount) / 100, currency: "EUR" };
  const checkout = await sibs("POST", "", `Bearer ${terminal.token}`, {
    merchant: { terminalId: Number(terminal.terminalId), channel: "web", merchantTransactionId: id },
    transaction: {
      transactionTimestamp: new Date().toISOString(),
      description: "order",
      moto: false,
      paymentType: "PURS",
      amount: value,
      paymentMethod: ["MBWAY"],
    },
  });
  const { transactionID: transaction, transactionSignature: signature } = checkout;
  const sent = "update floor_payment set phone = $2, transaction_id = $3, status = 'submitted' where id = $1";
  await query("sent", sent, [id, phone, transaction]);
  const alias = { customerPhone: `351#${phone}` };
  const { paymentStatus } = await sibs("POST", `/${transaction}/mbway-id/purchase`, `Digest ${signature}`, alias);
  const pending = "update floor_payment set status = 'pending' where id = $1 and status = 'submitted'";
  if (paymentStatus === "Pending") await query("pending", pending, [id]);
  return { id, transactionId: transaction, status: "pending" };
}

async function takeNotification({ headers }: IncomingMessage, body: string) {
  const decipher = createDecipheriv(
    "aes-256-gcm",
    secret,
    Buffer.from(`${headers["x-initialization-vector"]}`, "base64"),
  );
  decipher.setAuthTag(Buffer.from(`${headers["x-authentication-tag"]}`, "base64"));
  const text = Buffer.concat([decipher.update(Buffer.from(body, "base64")), decipher.final()]).toString("utf8");
  const { notificationID, transactionID } = JSON.parse(text);
  const stored = "insert into floor_notification (id, body) values ($1, $2) on conflict do nothing";
  await query("noticed", stored, [notificationID, text]);
  void settle(transactionID);
  return { statusCode: "200", statusMsg: "Success", notificationID };
}

/** Asks SIBS, which is the judge, and tells the shop. */
async function settle(transaction: string): Promise<void> {
  const { paymentStatus } = await sibs("GET", `/${transaction}/status`, `Bearer ${terminal.token}`);
  if (paymentStatus !== "Success") return;
  const paid = "update floor_payment set status = 'paid' where transaction_id = $1 and status <> 'paid' returning id";
  const [payment] = (await query("paid", paid, [transaction])).rows;
  if (payment === undefined) return;
  await call("POST", FLOOR_SHOP, {}, { type: "payment.paid", data: { payment: { id: payment.id, status: "paid" } } });
  await query("told", "update floor_payment set told = true where id = $1", [payment.id]);
}

function sibs(method: string, path: string, authorization: string, body?: object) {
  const headers = { authorization, "x-ibm-client-id": terminal.clientId };
  return call(method, `${FLOOR_SIBS}/payments${path}`, headers, body);
}

async function call(method: string, url: string, headers: Record<string, string>, body?: object) {
  const text = body === undefined ? "" : JSON.stringify(body);
  const kind = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  const answered = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, agent, headers: { ...headers, ...kind } }, resolve)
      .on("error", reject)
      .end(text);
  });
  const answer = await textOf(answered);
  return answer === "" ? {} : JSON.parse(answer);
}

function query(name: string, text: string, values: unknown[]) {
  return pool.query({ name, text, values });
}

async function textOf(message: IncomingMessage): Promise<string> {
  message.setEncoding("utf8");
  let text = "";
  for await (const part of message) text += part;
  return text;
}
