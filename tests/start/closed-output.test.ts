import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { testFolder } from "@caravela/platform/testing/folder";
import { expect, it } from "vitest";
import { CaravelaRun, ownEnvironment } from "../support/caravela.ts";
import { processesLike } from "../support/processes.ts";
import { caravelaWith, compiled, root } from "../support/programs.ts";

it("everything goes on where nobody reads what it prints any more, and ends in order when it is asked to", async () => {
  const data = join(await testFolder(), "data");
  const run = spawn(join(root, "node_modules", ".bin", "node"), caravelaWith("start"), {
    cwd: root,
    env: {
      ...ownEnvironment(),
      ...compiled,
      npm_lifecycle_event: "start",
      CARAVELA_DATA: data,
      ...CaravelaRun.ANY_PORTS,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(run, "exit");
  let server = "";
  for await (const line of createInterface({ input: run.stdout })) {
    server ||= /API for the shop +(https?:\/\/[^/]+)/.exec(line)?.[1] ?? "";
    if (line === "ready") break;
  }
  run.stdout.destroy();
  run.stderr.destroy();
  const key = { authorization: "Bearer sk_test_caravela", "content-type": "application/json" };
  const body = JSON.stringify({ amount: 550, currency: "EUR", reference: "nobody-reads" });
  const init = { method: "POST", headers: { ...key, "idempotency-key": "nobody-reads" }, body };
  expect((await fetch(`${server}/v1/payments`, init)).status).toBe(201);
  run.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(processesLike(data)).toEqual([]);
});
