import { expect, it } from "vitest";
import { after, deadline } from "./timer.ts";

it("gives what came in time, and says when it did not", async () => {
  expect(await deadline(Promise.resolve("here"), 1_000)).toBe("here");
  expect(await deadline(new Promise(() => undefined), 5)).toBe("timeout");
  await expect(deadline(Promise.reject(new Error("no")), 1_000)).rejects.toThrow("no");
});

it("calls back later, unless it is called off", async () => {
  const called: string[] = [];
  const callOff = after(5, () => called.push("off"));
  after(10, () => called.push("on"));
  callOff();
  await expect.poll(() => called).toEqual(["on"]);
});
