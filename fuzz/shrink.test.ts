import { expect, it } from "vitest";
import type { Asked } from "./request.ts";
import { shrink } from "./shrink.ts";
import { wholeInput } from "./surfaces/surface.ts";

const asked: Asked = {
  program: "server",
  method: "POST",
  target: "/v1/payments?a=1&b=2",
  headers: [
    ["authorization", "Bearer x"],
    ["accept", "*/*"],
    ["content-type", "application/json"],
  ],
  body: Buffer.from(JSON.stringify({ amount: 5, customer: { id: "c9", name: "x".repeat(400) }, items: [1, 2, 3] })),
  story: "createPayment",
};

it("leaves out of a request whatever it does it without", async () => {
  const doesIt = async ({ asked: { headers, body } }: ReturnType<typeof wholeInput>) =>
    headers.some(([name]) => name === "content-type") && (body?.includes("xx") ?? false);
  const { asked: smallest } = await shrink(wholeInput(asked), doesIt);
  expect(smallest.target).toBe("/v1/payments");
  expect(smallest.headers).toEqual([["content-type", "application/json"]]);
  const text = String(smallest.body);
  expect(text).not.toContain("amount");
  expect(text.length).toBeLessThan(40);
});

it("gives it back as it is where nothing less does it", async () => {
  const input = wholeInput(asked);
  const { bytes } = await shrink(input, async (one) => one.bytes.equals(input.bytes));
  expect(bytes.equals(input.bytes)).toBe(true);
});
