import { join } from "node:path";
import { testFolder } from "@caravela/platform/testing/folder";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { CaravelaRun } from "../support/caravela.ts";
import { descendantsOf, processesLike } from "../support/processes.ts";

let dataFolder: string;
const runs: CaravelaRun[] = [];

beforeAll(async () => {
  dataFolder = join(await testFolder(), "data");
});

afterEach(async () => {
  for (const run of runs.splice(0)) if (run.isRunning) await run.pressCtrlC();
});

function start(options: { byNpm?: boolean } = {}): Promise<CaravelaRun> {
  const run = new CaravelaRun({ CARAVELA_DATA: dataFolder }, options);
  runs.push(run);
  return run.ready();
}

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

async function createPayment(run: CaravelaRun): Promise<string> {
  const answer = await fetch(`${run.address("API")}/v1/payments`, {
    method: "POST",
    headers: {
      authorization: "Bearer sk_test_caravela",
      "content-type": "application/json",
      "idempotency-key": "start",
    },
    body: JSON.stringify({ amount: 550, currency: "EUR", reference: "order-17" }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

async function hasPayment(run: CaravelaRun, id: string): Promise<boolean> {
  const answer = await fetch(`${run.address("API")}/v1/payments/${id}`, {
    headers: { authorization: "Bearer sk_test_caravela" },
  });
  return answer.status === 200;
}

let payment: string;

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
  const children = descendantsOf(run.pid);
  expect(children.length).toBeGreaterThanOrEqual(4);
  expect(await run.pressCtrlC()).toBe(0);
  expect(processesLike(dataFolder)).toEqual([]);
  for (const { pid } of children) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

it("keeps the data for the next start", async () => {
  expect(await hasPayment(await start(), payment)).toBe(true);
});

it("starts again after its own process alone was killed, with the PostgreSQL that survived", async () => {
  const killed = await start();
  const [survivor] = postgres();
  await killed.kill();
  const run = await start();
  expect(postgres().some(({ pid }) => pid === survivor?.pid)).toBe(true);
  expect(await hasPayment(run, payment)).toBe(true);
});

it("starts again after everything was killed at once", async () => {
  const run = await start();
  killAll(...descendantsOf(run.pid).map(({ pid }) => pid), run.pid);
  await run.ended;
  expect(await hasPayment(await start(), payment)).toBe(true);
});

it.each(["main.ts gateway", "main.ts server", "shop.ts"])(
  "stops everything and says so when %s alone is killed, and starts again",
  async (command) => {
    const run = await start();
    killOne(descendantsOf(run.pid).find((one) => one.command.includes(command))?.pid);
    expect(await run.ended).toBe(1);
    expect(run.errors).toEqual([
      expect.stringMatching(/^The (gateway|server|shop) has ended unexpectedly \(SIGKILL\)/),
    ]);
    expect(processesLike(dataFolder)).toEqual([]);
  },
);

it("stops everything and says so when PostgreSQL alone is killed, and starts again", async () => {
  const run = await start();
  killOne(postgres().find(({ parent }) => parent === run.pid)?.pid);
  expect(await run.ended).toBe(1);
  expect(run.errors).toEqual([expect.stringMatching(/^The PostgreSQL has ended unexpectedly/)]);
  expect(await hasPayment(await start(), payment)).toBe(true);
});

it("ends in order when npm, which started it, was killed", async () => {
  const run = await start({ byNpm: true });
  await run.kill();
  await vi.waitFor(() => expect(processesLike(dataFolder)).toEqual([]), { timeout: 15_000, interval: 100 });
  await start();
});

function killOne(pid: number | undefined): void {
  if (pid === undefined) throw new Error("there is no such process");
  process.kill(pid, "SIGKILL");
}
