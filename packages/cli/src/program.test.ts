import { expect, it, vi } from "vitest";
import { endInTime } from "./program.ts";

it("waits for a program that ends, and says nothing", async () => {
  const says = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await endInTime({ close: async () => undefined }, 1_000);
  expect(says).not.toHaveBeenCalled();
  says.mockRestore();
});

it("leaves off a program that hangs, and says so", async () => {
  const says = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await endInTime({ close: () => new Promise(() => undefined) }, 20);
  expect(says).toHaveBeenCalledOnce();
  says.mockRestore();
});
