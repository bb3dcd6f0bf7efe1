import type { Http } from "@caravela/platform/http";
import type { Listed, Page } from "@caravela/web/dashboard";
import type { FastifyRequest } from "fastify";
import { expect, it } from "vitest";
import { askFor } from "./ask.ts";

const COUNT = 2_345;

/** A list of so many, as `/v1` answers; and what was asked of it. */
function listOf(count: number) {
  const asked: string[] = [];
  const inject = async ({ url }: { url: string }) => {
    asked.push(url);
    const { searchParams } = new URL(url, "http://localhost");
    const from = Number(searchParams.get("after") ?? 0);
    const to = Math.min(from + Number(searchParams.get("limit") ?? 20), count);
    const data = Array.from({ length: to - from }, (_, index) => from + index);
    const hasMore = to < count;
    return { statusCode: 200, body: JSON.stringify({ data, hasMore, next: hasMore ? String(to) : null }) };
  };
  const request = { headers: {}, raw: { socket: {} } } as unknown as FastifyRequest;
  return { asked, ask: askFor({ inject } as unknown as Pick<Http, "inject">, request, "en") };
}

it("all of a list is read, on however many pages it comes; where that is too much for a screen, it says so", async () => {
  const { ask } = listOf(321);
  expect(await ask.all("/v1/tokens")).toEqual({ data: Array.from({ length: 321 }, (_, index) => index), isCut: false });
  const long = listOf(COUNT);
  const { data, isCut } = await long.ask.all("/v1/tokens", { customer: "c" });
  expect([data.length, isCut, long.asked.length]).toEqual([1_000, true, 10]);
  expect(long.asked[1]).toBe("/v1/tokens?customer=c&after=100&limit=100");
});

it("a page begins where its address says, and what a list begins with is no more than was asked for", async () => {
  const { ask } = listOf(COUNT);
  expect(await ask.page("/v1/keys", {}, "60")).toMatchObject({ data: { 0: 60, length: 50 }, next: "110" });
  expect(await ask.newest("/v1/keys", {}, 3)).toMatchObject({ data: [0, 1, 2], hasMore: true });
});

it("the first page of a list is never taken for all of it: neither by its type nor by what comes", async () => {
  // @ts-expect-error a page is asked for otherwise
  const asked = listOf(COUNT).ask.get<Page<number>>("/v1/keys");
  await expect(asked).rejects.toThrow("/v1/keys is a list that comes in pages");
  await expect(listOf(COUNT).ask.get<Listed<number>>("/v1/keys")).rejects.toThrow("comes in pages");
});
