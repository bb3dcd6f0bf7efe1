import { spawnSync } from "node:child_process";
import { chmod, cp, mkdir, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { testDatabase } from "@caravela/platform/testing/database";
import { testFolder } from "@caravela/platform/testing/folder";
import { beforeAll, expect, it } from "vitest";
import { CaravelaRun } from "../support/caravela.ts";
import { processesLike } from "../support/processes.ts";
import { root } from "../support/programs.ts";

let folder: string;

beforeAll(async () => {
  folder = await testFolder();
});

/** Starts, expects to be refused with exit code 1 and one line, and gives that line. */
async function refusal(env: Record<string, string>): Promise<string> {
  const run = new CaravelaRun({ CARAVELA_DATA: join(folder, "data"), ...env });
  expect(await run.ended).toBe(1);
  expect(run.errors).toHaveLength(1);
  expect(processesLike(folder)).toEqual([]);
  return run.errors[0] ?? "";
}

it.concurrent.each(["CARAVELA_PORT", "CARAVELA_GATEWAY_PORT", "CARAVELA_SHOP_PORT"])(
  "refuses a taken %s",
  async (name) => {
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
    });
    const { port } = taken.address() as { port: number };
    expect(await refusal({ [name]: String(port) })).toBe(
      `Port ${port} on 127.0.0.1 is taken: end the program that uses it, or set ${name} to another port.`,
    );
    taken.close();
  },
);

it.each([
  [
    "postgres://nobody:swordfish@127.0.0.1:1/none",
    /^DATABASE_URL: 127\.0\.0\.1:1\/none cannot be used \(.*ECONNREFUSED.*\): .+$/,
  ],
  ["mysql://127.0.0.1/none", /^DATABASE_URL cannot work: an address like postgres:.+ is needed\.$/],
  ["nonsense", /^DATABASE_URL cannot work: an address like postgres:.+ is needed\.$/],
])("refuses the DATABASE_URL %s, without its password", async (url, line) => {
  const said = await refusal({ DATABASE_URL: url });
  expect(said).toMatch(line);
  expect(said).not.toContain("swordfish");
});

it("refuses a DATABASE_URL whose password is wrong, and one whose database is not there", async () => {
  const database = await testDatabase();
  const [wrongPassword, wrongName] = [new URL(database.url), new URL(database.url)];
  wrongPassword.password = "wrong";
  wrongName.pathname = "/nothing_here";
  expect(await refusal({ DATABASE_URL: wrongPassword.href })).toMatch(/password authentication failed/);
  expect(await refusal({ DATABASE_URL: wrongName.href })).toMatch(/database "nothing_here" does not exist/);
  await database.drop();
});

it("refuses a data folder that cannot be written to", async () => {
  await writeFile(join(folder, "file"), "");
  expect(await refusal({ CARAVELA_DATA: join(folder, "file", "data") })).toMatch(
    /^The data folder .+ cannot be written to \(ENOTDIR\): set CARAVELA_DATA .+$/,
  );
});

it("refuses a setting that makes no sense", async () => {
  expect(await refusal({ CARAVELA_PORT: "http" })).toBe(
    'CARAVELA_PORT is "http": a port is a whole number from 0 to 65535.',
  );
});

it("starts on a PostgreSQL that is given", async () => {
  const database = await testDatabase();
  const run = await new CaravelaRun({ CARAVELA_DATA: join(folder, "given"), DATABASE_URL: database.url }).ready();
  expect(processesLike(`-D ${join(folder, "given")}`)).toEqual([]);
  expect(await run.pressCtrlC()).toBe(0);
  await database.drop();
});

const NOBODY = { uid: 65_534, gid: 65_534 };

// whoever runs the tests: root becomes somebody else, anybody else already is an ordinary user
it("starts as an ordinary user", async () => {
  const dataFolder = join(folder, "ordinary");
  await mkdir(dataFolder);
  await chmod(dataFolder, 0o777);
  const options = process.getuid?.() === 0 ? { user: NOBODY, clone: await cloneForNobody() } : {};
  const run = await new CaravelaRun({ CARAVELA_DATA: dataFolder }, options).ready();
  expect(await run.pressCtrlC()).toBe(0);
});

/** This clone where everybody can enter it, else (under /root) a copy of it by links that everybody can. */
async function cloneForNobody(): Promise<string> {
  if (spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", root], { ...NOBODY, cwd: "/" }).status === 0) return root;
  const copy = join(folder, "clone");
  await mkdir(copy);
  for (const name of ["node_modules", "packages", "examples", "package.json", "package-lock.json", "tsconfig.json"]) {
    const { status } = spawnSync("cp", ["-al", join(root, name), copy]);
    if (status !== 0) await cp(join(root, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  }
  return copy;
}
