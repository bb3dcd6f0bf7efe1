import { join } from "node:path";
import { testFolder } from "@caravela/platform/testing/folder";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CaravelaRun } from "../support/caravela.ts";
import { descendantsOf, processesLike, stillRunning } from "../support/processes.ts";

let dataFolder: string;
/** The newest run: the next test goes on with it where it still runs. */
let latest: CaravelaRun | undefined;
/** Made by the first test; it must be there ever after. */
let payment: string;

beforeAll(async () => {
  dataFolder = join(await testFolder(), "data");
});

afterAll(async () => {
  if (latest?.isRunning) await latest.pressCtrlC();
});

function start(options: { byNpm?: boolean } = {}): Promise<CaravelaRun> {
  latest = new CaravelaRun({ CARAVELA_DATA: dataFolder }, options);
  return latest.ready();
}

const running = (): Promise<CaravelaRun> => (latest?.isRunning ? latest.ready() : start());
const postgres = () => processesLike(`-D ${dataFolder}`);

function killAll(...pids: number[]): void {
  for (const pid of [...pids, ...postgres().map((one) => one.pid)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // gone already, with another of them
    }
  }
}

/** Asks the server as the shop does: the answer's JSON. */
async function ask<T>(run: CaravelaRun, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${run.address("API")}/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: "Bearer sk_test_caravela",
      ...(body && { "content-type": "application/json", "idempotency-key": path }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect([path, answer.ok]).toEqual([path, true]);
  return (await answer.json()) as T;
}

async function createPayment(run: CaravelaRun): Promise<string> {
  const { id } = await ask<{ id: string }>(run, "/payments", { amount: 550, currency: "EUR", reference: "order-17" });
  return id;
}

const statusOf = async (run: CaravelaRun) => (await ask<{ status: string }>(run, `/payments/${payment}`)).status;

it("starts everything, prints where it is and then ready, and ends all of it on Ctrl-C", async () => {
  const run = await start();
  expect(run.lines.at(-1)).toBe("ready");
  expect(run.errors).toEqual([]);
  payment = await createPayment(run);
  for (const page of [
    `${run.address("shop")}/`,
    `${run.address("your phone")}/phone`,
    `${run.address("an ATM")}/atm`,
    `${run.address("API")}/docs`,
    `${run.address("SIBS Gateway")}/sandbox/terminals`,
  ]) {
    expect([page, (await fetch(page)).status]).toEqual([page, 200]);
  }
  const { isWell, findings } = await ask<{ isWell: boolean; findings: { says: string }[] }>(run, "/doctor");
  expect([isWell, findings.map(({ says }) => says).join("\n")]).toEqual([
    true,
    expect.stringContaining("the credentials of terminal"),
  ]);
  const children = descendantsOf(run.pid);
  expect(children.length).toBeGreaterThanOrEqual(4);
  expect(await run.pressCtrlC()).toBe(0);
  await expect.poll(() => stillRunning(children)).toEqual([]);
});

it("keeps the data for the next start", async () => {
  expect(await statusOf(await running())).toBe("open");
});

it("starts again after its own process alone was killed, with the PostgreSQL that survived", async () => {
  const killed = await running();
  const [survivor] = postgres();
  await killed.kill();
  const run = await start();
  expect(postgres().some(({ pid }) => pid === survivor?.pid)).toBe(true);
  expect(await statusOf(run)).toBe("open");
});

it("starts again after everything was killed at once while a customer is asked, who then approves: paid, and told once", async () => {
  const killed = await running();
  await ask(killed, `/payments/${payment}/attempts`, { method: "mbway", phone: "919999999" });
  killAll(...descendantsOf(killed.pid).map(({ pid }) => pid), killed.pid);
  await killed.ended;
  const run = await start();
  const approval = await fetch(`${run.address("SIBS Gateway")}/sandbox/phones/351%23919999999/approve`, {
    method: "POST",
  });
  expect(approval.status).toBe(200);
  await expect.poll(() => statusOf(run)).toBe("paid");
  const { data } = await ask<{ data: { type: string }[] }>(run, "/events?limit=100");
  expect(data.filter(({ type }) => type === "payment.paid")).toHaveLength(1);
});

it.each([/main\.m?[jt]s gateway/, /main\.m?[jt]s server/, /shop\.m?[jt]s/])(
  "stops everything and says so when %s alone is killed, and starts again",
  async (command) => {
    const run = await running();
    killOne(descendantsOf(run.pid).find((one) => command.test(one.command))?.pid);
    expect(await run.ended).toBe(1);
    expect(run.errors).toEqual([
      expect.stringMatching(/^The (gateway|server|shop) has ended unexpectedly \(SIGKILL\)/),
    ]);
    await expect.poll(postgres).toEqual([]);
  },
);

it("stops everything and says so when PostgreSQL alone is killed, and starts again", async () => {
  const run = await running();
  killOne(postgres().find(({ parent }) => parent === run.pid)?.pid);
  expect(await run.ended).toBe(1);
  expect(run.errors).toEqual([expect.stringMatching(/^The PostgreSQL has ended unexpectedly/)]);
  expect(await statusOf(await start())).toBe("paid");
});

it("ends in order when npm, which started it, was killed", async () => {
  if (latest?.isRunning) await latest.pressCtrlC();
  const run = await start({ byNpm: true });
  await run.kill();
  await expect.poll(postgres).toEqual([]);
});

function killOne(pid: number | undefined): void {
  if (pid === undefined) throw new Error("there is no such process");
  process.kill(pid, "SIGKILL");
}
