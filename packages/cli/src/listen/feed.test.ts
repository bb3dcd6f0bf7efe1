import type { Caravela } from "@caravela/client";
import { expect, it } from "vitest";
import { type FedEvent, Feed } from "./feed.ts";

/**
 * A server's list of events, to which others are added; it says how many pages were read of it, and is lost behind so
 * many of the next ones.
 */
function list() {
  const all: FedEvent[] = [];
  let read = 0;
  let lostAfter = Number.POSITIVE_INFINITY;
  const events = {
    list: ({ limit = 20 }: { limit?: number }) => ({
      async *[Symbol.asyncIterator]() {
        const newestFirst = all.toSorted((one, other) => other.timestamp.localeCompare(one.timestamp));
        for (let at = 0; at < newestFirst.length; at += limit) {
          if (lostAfter-- === 0) throw new Error("no answer");
          read += 1;
          yield* newestFirst.slice(at, at + limit);
        }
      },
    }),
  };
  const add = (id: string, seconds: number) =>
    all.push({ id, type: "payment.paid", timestamp: new Date(seconds * 1_000).toISOString(), sequence: 1, data: {} });
  return {
    events: events as unknown as Caravela["events"],
    add,
    read: () => read,
    lose: (after: number) => (lostAfter = after),
  };
}

const idsOf = (events: readonly FedEvent[]) => events.map(({ id }) => id);

it("passes over what there is, and tells each that comes then once, in its order", async () => {
  const { events, add } = list();
  add("before", 1_000);
  const feed = new Feed(events, []);
  await feed.begin();
  expect(await feed.next()).toEqual([]);
  add("first", 1_001);
  add("second", 1_002);
  expect(idsOf(await feed.next())).toEqual(["first", "second"]);
  expect(await feed.next()).toEqual([]);
});

it("tells of one that was written before others and seen after them", async () => {
  const { events, add } = list();
  const feed = new Feed(events, []);
  await feed.begin();
  add("quick", 1_030);
  expect(idsOf(await feed.next())).toEqual(["quick"]);
  add("slow", 1_000);
  expect(idsOf(await feed.next())).toEqual(["slow"]);
  expect(await feed.next()).toEqual([]);
});

it("reads no further back than it must, whatever lies there", async () => {
  const { events, add, read } = list();
  for (let at = 0; at < 1_000; at++) add(`old-${at}`, at);
  add("newest", 10_000);
  const feed = new Feed(events, []);
  await feed.begin();
  expect(read()).toBe(1);
  // more than a page at once, after the clock was moved ahead
  for (let at = 0; at < 150; at++) add(`new-${at}`, 90_000 + at / 1_000);
  expect(idsOf(await feed.next())).toEqual(Array.from({ length: 150 }, (_, at) => `new-${at}`));
  expect(await feed.next()).toEqual([]);
});

it("loses none where a page of several does not come, and tells none twice", async () => {
  const { events, add, lose } = list();
  const feed = new Feed(events, []);
  await feed.begin();
  for (let at = 0; at < 150; at++) add(`new-${at}`, 90_000 + at / 1_000);
  lose(1);
  await expect(feed.next()).rejects.toThrow("no answer");
  expect(idsOf(await feed.next())).toEqual(Array.from({ length: 150 }, (_, at) => `new-${at}`));
  expect(await feed.next()).toEqual([]);
});
