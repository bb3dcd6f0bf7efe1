import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { pause } from "@caravela/platform/timer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Line, layLine } from "./line.ts";

/** Long enough for what passes on one machine to have passed. */
const A_MOMENT_MS = 100;

let echo: Server;
let line: Line;
const callers: Socket[] = [];

beforeEach(async () => {
  echo = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => socket.write(`heard ${bytes}`));
  });
  await once(echo.listen(0, "127.0.0.1"), "listening");
  line = await layLine("a line", () => [1, (echo.address() as AddressInfo).port]);
});
afterEach(async () => {
  for (const caller of callers.splice(0)) caller.destroy();
  await line.close();
  await new Promise((resolve) => echo.close(resolve));
});

/** Whoever calls over the line: what they heard, and how it ended. */
async function call() {
  const socket = connect(line.port, "127.0.0.1");
  callers.push(socket);
  const told = { heard: "", ended: "" };
  socket.on("data", (bytes) => {
    told.heard += bytes;
  });
  socket.on("error", (error) => {
    told.ended ||= (error as NodeJS.ErrnoException).code ?? "error";
  });
  socket.on("close", () => {
    told.ended ||= "closed";
  });
  await new Promise<void>((resolve) => socket.once("connect", resolve).once("close", () => resolve()));
  return { say: (word: string) => socket.write(word), told };
}

describe("a line", () => {
  it("carries both ways, past an end that refuses", async () => {
    const { say, told } = await call();
    say("one");
    await expect.poll(() => told.heard).toBe("heard one");
  });

  it("that is cut breaks what there is, and takes whoever calls anew", async () => {
    const { say, told } = await call();
    say("one");
    await expect.poll(() => told.heard).toBe("heard one");
    line.cut();
    await expect.poll(() => told.ended).toBe("ECONNRESET");
    const again = await call();
    again.say("two");
    await expect.poll(() => again.told.heard).toBe("heard two");
  });

  it("that refuses lets nobody in until it is healed", async () => {
    await line.refuse();
    const refused = await call();
    await expect.poll(() => refused.told.ended).toBe("ECONNREFUSED");
    await line.heal();
    const { say, told } = await call();
    say("one");
    await expect.poll(() => told.heard).toBe("heard one");
  });

  it.each(["both", "there", "back"] as const)(
    "that is silent (%s) tells nobody, and brings what it held once it is healed",
    async (direction) => {
      const { say, told } = await call();
      line.silence(direction);
      say("one");
      const late = await call();
      late.say("two");
      await pause(A_MOMENT_MS);
      expect([told, late.told]).toEqual([
        { heard: "", ended: "" },
        { heard: "", ended: "" },
      ]);
      await line.heal();
      await expect.poll(() => [told.heard, late.told.heard]).toEqual(["heard one", "heard two"]);
    },
  );

  it("that has forgotten its connections leaves them silent for ever, and carries new ones", async () => {
    const { say, told } = await call();
    line.silence("both");
    say("one");
    await line.heal({ forgotten: true });
    const { say: sayAnew, told: toldAnew } = await call();
    sayAnew("two");
    await expect.poll(() => toldAnew.heard).toBe("heard two");
    expect(told).toEqual({ heard: "", ended: "" });
  });

  it("that is slow keeps the order", async () => {
    const { say, told } = await call();
    line.slow(30);
    say("one");
    await pause(5);
    say("two");
    expect(told.heard).toBe("");
    await expect.poll(() => told.heard).toMatch(/^heard one(heard )?two$/);
  });
});
