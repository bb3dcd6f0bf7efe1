import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { startServer } from "@caravela/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, createPayment, eventTypesOf, read } from "../support/actions.ts";
import { root } from "../support/programs.ts";
import { setStage } from "../support/stage.ts";

/** Each room's table of methods; the new one is MB WAY by another name. */
const TABLES = {
  "domain/methods": `import { mbway } from "./mbway.ts";
export const wave = mbway;
`,
  "attempts/methods": `import { mbway } from "./mbway.ts";
export const wave = mbway;
`,
  "payments/methods": `import { mbway } from "./mbway.ts";
import type { AttemptReader } from "./types.ts";
export const wave: AttemptReader = {
  takes: mbway.takes,
  read(body, payment, now) {
    const { command, inHand } = mbway.read(body, payment, now);
    return { command: { ...command, method: "wave" }, inHand };
  },
};
`,
  "pages/pay/methods": `import { mbway } from "./mbway.ts";
export const wave = mbway;
`,
} as const;

type Table = keyof typeof TABLES;
const tables = Object.keys(TABLES) as Table[];

/** A copy of the server in which a method may be added. */
let copy: string;
const src = (path: string) => join(copy, "packages", "server", "src", path);

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "caravela-method-"));
  await mkdir(join(copy, "packages"));
  await cp(join(root, "packages", "server"), join(copy, "packages", "server"), {
    recursive: true,
    filter: (path) => !/node_modules|\.test\.ts$/.test(path.slice(root.length)),
  });
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  await writeFile(
    join(copy, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.json"), include: ["packages/server/src"], exclude: ["**/testing"] }),
  );
});
afterAll(() => rm(copy, { recursive: true, force: true }));

/** One file beside the table, and one line in it. */
async function add(table: Table): Promise<void> {
  await writeFile(src(`${table}/wave.ts`), TABLES[table]);
  const index = src(`${table}/index.ts`);
  const before = await readFile(index, "utf8");
  const after = before.replace("token, mandate }", "token, mandate, wave }");
  expect(after).not.toBe(before);
  await writeFile(index, `import { wave } from "./wave.ts";\n${after}`);
}

/** The files that do not compile. */
async function faultyFiles(): Promise<string[]> {
  const tsc = join(root, "node_modules", ".bin", "tsc");
  // what did not change is not read again the second time
  const again = ["--incremental", "--tsBuildInfoFile", join(copy, "read")];
  const { stdout } = await promisify(execFile)(tsc, ["-p", copy, "--pretty", "false", ...again], { cwd: copy }).catch(
    (failed: { stdout: string }) => failed,
  );
  const files = stdout.matchAll(/^packages\/server\/src\/(\S+?)\(\d+,\d+\): error/gm);
  return [...new Set([...files].map(([, file]) => file ?? ""))].sort();
}

describe("a method that is new", () => {
  it("does not compile until each room's table has it, and nothing else is to be told", async () => {
    const [rules, ...others] = tables;
    await add(rules as Table);
    expect(await faultyFiles()).toEqual(others.map((table) => `${table}/index.ts`).sort());
    for (const table of others) await add(table);
    expect(await faultyFiles()).toEqual([]);
    // the compiler reads the whole server
  }, 240_000);

  it("then pays from its request to its event", async () => {
    const server: { startServer: typeof startServer } = await import(src("main.ts"));
    const methods = ["wave"] as unknown as ["mbway"];
    const stage = await setStage({ methods }, { start: server.startServer });
    try {
      const id = await createPayment(stage);
      const attempt = await stage.api("POST", `/v1/payments/${id}/attempts`, { method: "wave", phone: "919999999" });
      expect(attempt).toMatchObject({ status: 201, body: { method: "wave", status: "pending" } });
      await approve(stage);
      await stage.settle();
      const paid = await read(stage, id);
      expect(paid).toMatchObject({ status: "paid", amountCaptured: 550, methods: ["wave"] });
      expect(eventTypesOf(stage, id)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
      expect((await fetch(String(paid.payUrl))).status).toBe(200);
    } finally {
      await stage.close();
    }
  });
});
