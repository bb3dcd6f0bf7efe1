import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { testFolder } from "@caravela/platform/testing/folder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, setStage } from "../support/stage.ts";

const run = promisify(execFile);
const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "sandbox.md"), "utf8");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;
/** The terminal on which the payments server of `npm start` stands. */
const DEMONSTRATION = "52221";

describe("docs/sandbox.md", () => {
  it("changes and uses no terminal on which somebody else stands", () => {
    const used = [...text.matchAll(/sandbox\/terminals\/(\d+)|"terminalId": ?"?(\d+)/g)].map(
      ([, put, named]) => put ?? named,
    );
    expect(used.length).toBeGreaterThan(4);
    expect(new Set(used)).toEqual(new Set(["600001"]));
  });

  describe.skipIf(!hasCurl)("its first commands", () => {
    let stage: Stage;
    let folder: string;
    beforeAll(async () => {
      stage = await setStage();
      folder = await testFolder();
    });
    afterAll(() => stage.close());

    it("make a terminal and a payment on it, and leave that of the payments server as it was", async () => {
      const terminals = async () => (await stage.sandbox("GET", "/terminals")).body.terminals;
      const isDemonstration = ({ terminalId }: { terminalId: string }) => terminalId === DEMONSTRATION;
      const before = (await terminals()).filter(isDemonstration);
      const [prepare = "", pay = ""] = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, commands = ""]) => commands);
      const script = `${prepare}${pay}`.replaceAll("http://127.0.0.1:4010", stage.gateway.url);
      const path = `${dirname(process.execPath)}:${process.env.PATH}`;
      const { stdout } = await run("sh", ["-euc", script], { cwd: folder, env: { ...process.env, PATH: path } });
      expect(stdout).toContain('"paymentStatus":"Success"');
      expect((await terminals()).filter(isDemonstration)).toEqual(before);
      expect((await terminals()).map(({ terminalId }: { terminalId: string }) => terminalId)).toContain("600001");
    });
  });
});
