import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { TEST_SERVER } from "@caravela/platform/testing/database";
import { cents, Sibs } from "@caravela/sibs";
import { acknowledge, openNotification } from "@caravela/sibs/notification";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { connectGateway, SandboxError, type StartedGateway, startGateway } from "./index.ts";

const databaseUrl = process.env[TEST_SERVER];

let gateway: StartedGateway;
let sibs: Sibs;
beforeAll(async () => {
  gateway = await startGateway({ databaseUrl, patienceMs: 15_000 });
  sibs = new Sibs(gateway.settings.sibs);
});
afterAll(() => gateway.close());

/** That PostgreSQL by an address of one's own: what goes to it says so. */
function known(name: string): string {
  const url = new URL(databaseUrl ?? "");
  url.searchParams.set("application_name", name);
  return url.href;
}

async function ask(statement: string, value: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(statement, [value]);
  await client.end();
  return rows.map(({ datname }) => datname);
}

/** The database that was made for whoever is known by that name. */
async function madeFor(name: string): Promise<string> {
  const made = await ask(
    "select distinct datname from pg_stat_activity where application_name = $1 and datname like 'caravela\\_test\\_%'",
    name,
  );
  expect(made).toHaveLength(1);
  return made[0] ?? "";
}

const databasesCalled = (name: string) => ask("select datname from pg_database where datname = $1", name);

it("says in words why none can be started, and repeats no password", async () => {
  const port = Number(new URL(gateway.url).port);
  await expect(startGateway({ databaseUrl, port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken: name another, or 0 for any that is free.`,
  );
  for (const port of [65_536, -1, 1.5, "4010" as unknown as number])
    await expect(startGateway({ databaseUrl, port })).rejects.toThrow("port must be a whole number from 0 to 65535");
  await expect(
    startGateway({ databaseUrl, logLevel: "wrong", patienceMs: NaN, clockFollowers: ["3000"] }),
  ).rejects.toThrow(
    /^logLevel is "wrong": one of silent, .+ is needed\npatienceMs is NaN: .+ milliseconds .+\nclockFollowers is "3000": /,
  );
  for (const nowhere of ["postgres://user:password@127.0.0.1:1/none", "no address:password"])
    await expect(startGateway({ databaseUrl: nowhere })).rejects.toThrow(
      /^That PostgreSQL cannot be used \((?!.*password).+\): check databaseUrl or DATABASE_URL, and that it runs\.$/,
    );
});

const checkout = (method: "MBWAY" | "REFERENCE") =>
  sibs.checkout({
    merchantTransactionId: "order-17",
    amount: cents(550),
    description: "Two mugs",
    methods: [method],
    ...(method === "REFERENCE" && { paymentReference: twoDays() }),
  });
const twoDays = () => ({
  initialDatetime: new Date(),
  finalDatetime: new Date(Date.now() + 2 * 86_400_000),
  entity: gateway.terminal.entity,
});

async function asked(phone = "919999999") {
  const made = await checkout("MBWAY");
  await sibs.mbwayPurchase(made, { phone });
  return made.transactionId;
}

const statusOf = async (transactionId: string) => (await sibs.status(transactionId)).paymentStatus;

describe("a phone", () => {
  it("approves, declines, and leaves unanswered", async () => {
    const approved = await asked();
    expect(await gateway.phone("919999999").approve()).toEqual({
      id: approved,
      outcome: "approved",
      paymentStatus: "Success",
    });
    expect(await statusOf(approved)).toBe("Success");
    const declined = await asked();
    expect(await gateway.phone("+351 919 999 999").decline()).toMatchObject({ id: declined, outcome: "declined" });
    const ignored = await asked();
    await gateway.phone("351#919999999").ignore();
    expect(await statusOf(ignored)).toBe("Declined");
  });

  it("answers as soon as it is asked, whatever clock the test has set", async () => {
    const answered = gateway.phone("912345678").approve();
    const id = await asked("912345678");
    expect(await answered).toMatchObject({ id, paymentStatus: "Success" });
    vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "setImmediate", "Date", "performance"] });
    try {
      expect(await gateway.phone("912345678").waiting()).toEqual([]);
      await expect(connectGateway(gateway.url, { patienceMs: 0 })).resolves.toMatchObject({ url: gateway.url });
    } finally {
      vi.useRealTimers();
    }
  });

  it("says in vain what it waited for, and refuses a number that is none", async () => {
    const impatient = await connectGateway(gateway.url, { patienceMs: 1 });
    await expect(impatient.phone("919999998").approve()).rejects.toThrow("came to the phone 351#919999998");
    expect(() => gateway.phone("12")).toThrow("not a phone: 12. Write it as 919999999 or 351#919999999");
  });
});

it("an ATM pays a reference, and refuses in words", async () => {
  const made = await sibs.generateReference(await checkout("REFERENCE"));
  const { entity, reference } = made.reference ?? { entity: "", reference: "" };
  const refused = await gateway.atm.pay(entity, reference, "5.49").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SandboxError);
  expect(refused).toMatchObject({ status: 422, message: "The amount is not within what this reference takes." });
  expect(await gateway.atm.pay(entity, reference, "5.50")).toMatchObject({ entity, reference, amount: "5.50" });
});

it("faults are said in words, added up, and cleared", async () => {
  await gateway.faults.refuse("status");
  await gateway.faults.slow("status", 1);
  expect(await gateway.faults.settings()).toMatchObject({ calls: { status: { http: { 503: 1 }, delayMs: [1, 1] } } });
  await expect(statusOf(await asked())).rejects.toThrow();
  await gateway.faults.clear();
  expect(await gateway.faults.settings()).toMatchObject({ calls: {}, notifications: {} });
  await gateway.phone("919999999").decline();
});

it("notifications go to an address, are opened by their secret, and are awaited", async () => {
  const opened: unknown[] = [];
  const receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { secret: secrets } = gateway.notifications;
    const notification = await openNotification({ body, headers: request.headers, secrets });
    opened.push(notification.paymentStatus);
    const { status, body: text } = acknowledge(notification.notificationId);
    response.writeHead(status).end(JSON.stringify(text));
  });
  await once(receiver.listen(0, "127.0.0.1"), "listening");
  await gateway.notifications.sendTo(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/sibs`);
  const transactionID = await asked();
  await gateway.phone("919999999").approve();
  const told = await gateway.notifications.acknowledged({ transactionID, paymentStatus: "Success" });
  expect(told.tries).toMatchObject([{ status: 200 }]);
  expect(opened).toContain("Success");
  await gateway.notifications.sendTo(null);
  receiver.close();
});

it("the clock goes forward by parts of time, and to a moment", async () => {
  const before = await gateway.clock.now();
  const after = await gateway.clock.advance({ days: 1, minutes: 30 });
  expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(88_200_000);
  const goal = new Date(after.getTime() + 60_000);
  expect((await gateway.clock.advanceTo(goal)).getTime()).toBeGreaterThanOrEqual(goal.getTime());
});

it("is forgotten between two tests, and gone with its database when it is closed", async () => {
  const other = await startGateway({ databaseUrl: known("forgotten") });
  const database = await madeFor("forgotten");
  expect(other.url).not.toBe(gateway.url);
  expect(await gateway.transactions()).not.toEqual([]);
  await gateway.reset();
  expect(await gateway.transactions()).toEqual([]);
  await other.close();
  await other.close();
  expect(await databasesCalled(database)).toEqual([]);
  await expect(other.clock.now()).rejects.toThrow("was it closed?");
});

it("leaves nothing behind where it was started, and what it is told then is refused", async () => {
  const options = { databaseUrl: known("refused"), notifyAt: "no address" };
  await expect(startGateway(options)).rejects.toThrow(SandboxError);
  expect(await ask("select datname from pg_stat_activity where application_name = $1", "refused")).toEqual([]);
});

it("leaves nothing behind when the process is killed that started it", async () => {
  const program = `import { startGateway } from ${JSON.stringify(new URL("index.ts", import.meta.url).href)};
    const { url } = await startGateway();
    process.send(url);
    process.on("message", () => undefined);`;
  const child = fork("-", [], {
    execArgv: ["--conditions=@caravela/source", "--input-type=module", "-e", program],
    env: { ...process.env, DATABASE_URL: known("killed") },
  });
  const [url] = (await once(child, "message")) as [string];
  expect((await fetch(`${url}/sandbox/clock`)).status).toBe(200);
  const database = await madeFor("killed");
  child.kill("SIGKILL");
  await expect.poll(() => databasesCalled(database)).toEqual([]);
  await expect(fetch(`${url}/sandbox/clock`)).rejects.toThrow();
});

it("says why it cannot be started", async () => {
  await expect(startGateway({ databaseUrl: "postgres://127.0.0.1:1/none" })).rejects.toThrow(/ECONNREFUSED/);
  const nobody = new URL(databaseUrl ?? "");
  [nobody.username, nobody.password] = ["kit_without_rights", "secret"];
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("create role kit_without_rights login password 'secret'");
  await expect(startGateway({ databaseUrl: nobody.href })).rejects.toThrow("may not make databases: `alter role");
  await client.query("drop role kit_without_rights");
  await client.end();
});
