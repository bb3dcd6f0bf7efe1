import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";

const PROGRAM = `
  import { endRequests } from ${JSON.stringify(join(import.meta.dirname, "end-requests.ts"))};
  const { asked } = endRequests({ withStarter: true });
  asked.addEventListener("abort", () => clearInterval(running));
  const running = setInterval(() => undefined, 1_000);
  console.log("runs");`;

it.each(["SIGINT", "SIGTERM"] as const)("%s ends a program whose starter still holds its input", async (signal) => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill(signal);
  expect(await once(child, "exit")).toEqual([0, null]);
});
