import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createLog } from "./log.ts";
import { linesDropped } from "./log-lines.ts";
import { testFolder } from "./testing/folder.ts";

/** Logs so many long lines, and says at last, on stderr, how many were dropped. */
const program = (lines: number) => `
  import { createLog } from ${JSON.stringify(join(import.meta.dirname, "log.ts"))};
  import { linesDropped, linesWritten } from ${JSON.stringify(join(import.meta.dirname, "log-lines.ts"))};
  const log = createLog({ name: "test" });
  for (let at = 0; at < ${lines}; at++) log.info({ at, filler: "x".repeat(5_000) }, "a line");
  await linesWritten(300);
  console.error("dropped", linesDropped());
  process.exit(0);`;

async function run(lines: number, output: number | "pipe", taken?: "closed" | "unread") {
  const child = spawn(
    process.execPath,
    ["--input-type=module", "--conditions=@caravela/source", "-e", program(lines)],
    {
      stdio: ["ignore", output, "pipe"],
    },
  );
  if (taken === "closed") child.stdout?.destroy();
  const text: string[] = [];
  child.stderr?.on("data", (chunk) => text.push(String(chunk)));
  const [code] = await once(child, taken === "unread" ? "exit" : "close");
  child.stdout?.destroy();
  return { code, dropped: Number(/dropped (\d+)/.exec(text.join(""))?.[1]) };
}

it("drops and counts what a full disk does not take, and ends as ever", async () => {
  const full = openSync("/dev/full", "w");
  expect(await run(50, full)).toEqual({ code: 0, dropped: 50 });
  closeSync(full);
});

it("drops and counts what a pipe does not take that nobody holds any more", async () => {
  expect(await run(50, "pipe", "closed")).toEqual({ code: 0, dropped: 50 });
});

it("does not wait for a reader who stands still: what is too much is dropped", async () => {
  const { code, dropped } = await run(2_000, "pipe", "unread");
  expect(code).toBe(0);
  expect(dropped).toBeGreaterThan(1_000);
});

it("writes every line to a file, to the last", async () => {
  const file = join(await testFolder(), "log");
  const output = openSync(file, "a");
  expect(await run(200, output)).toEqual({ code: 0, dropped: 0 });
  closeSync(output);
  expect(
    readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).at),
  ).toEqual(Array.from({ length: 200 }, (_, at) => at));
});

it("writes every line to a reader who reads, to the last", () => {
  const text = execFileSync(
    process.execPath,
    ["--input-type=module", "--conditions=@caravela/source", "-e", program(150)],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 10_000_000,
    },
  );
  expect(text.trimEnd().split("\n")).toHaveLength(150);
});

it("is no concern of whoever logs, whatever its destination does", () => {
  const before = linesDropped();
  const log = createLog({
    name: "test",
    destination: {
      write: () => {
        throw new Error("ENOSPC");
      },
    },
  });
  log.error("a line");
  expect(linesDropped()).toBe(before + 1);
});
