import { expect, it } from "vitest";
import { DatabaseAway } from "./away.ts";
import { Together } from "./together.ts";

/** Doubles numbers, and keeps the groups that it did; each waits until it is let go. */
function doubling(fault: (items: readonly number[]) => Error | null = () => null) {
  const groups: (readonly number[])[] = [];
  const held: (() => void)[] = [];
  const together = new Together<number, number>(
    async (items) => {
      groups.push(items);
      await new Promise<void>((resolve) => held.push(resolve));
      const error = fault(items);
      if (error !== null) throw error;
      return items.map((item) => item * 2);
    },
    (item) => Math.abs(item),
  );
  const letGo = async () => {
    await expect.poll(() => held.length).toBe(1);
    held.pop()?.();
  };
  return { together, groups, letGo };
}

it("does at once what comes alone, and together what came meanwhile, each with its own result", async () => {
  const { together, groups, letGo } = doubling();
  const first = together.do(1);
  await expect.poll(() => groups).toEqual([[1]]);
  const others = Promise.all([2, 3, 4].map((item) => together.do(item)));
  await letGo();
  expect(await first).toBe(2);
  await letGo();
  expect(await others).toEqual([4, 6, 8]);
  expect(groups).toEqual([[1], [2, 3, 4]]);
});

it("does what came in the same turn together, at most 64 at a time", async () => {
  const { together, groups, letGo } = doubling();
  const all = Promise.all(Array.from({ length: 100 }, (_, at) => together.do(at + 1)));
  await letGo();
  await letGo();
  expect(await all).toEqual(Array.from({ length: 100 }, (_, at) => (at + 1) * 2));
  expect(groups.map((group) => group.length)).toEqual([64, 36]);
});

it("does two changes of one row one after the other, in their order", async () => {
  const { together, groups, letGo } = doubling();
  const all = Promise.all([5, -5, 6, 5].map((item) => together.do(item)));
  for (let round = 0; round < 3; round++) await letGo();
  expect(await all).toEqual([10, -10, 12, 10]);
  expect(groups).toEqual([[5, 6], [-5], [5]]);
});

it("does a group that fails one by one: the fault of one is no other's", async () => {
  const { together, groups, letGo } = doubling((items) => (items.includes(8) ? new Error("eight") : null));
  const all = Promise.allSettled([7, 8, 9].map((item) => together.do(item)));
  for (let round = 0; round < 4; round++) await letGo();
  expect((await all).map((one) => (one.status === "fulfilled" ? one.value : one.reason.message))).toEqual([
    14,
    "eight",
    18,
  ]);
  expect(groups).toEqual([[7, 8, 9], [7], [8], [9]]);
});

it("tells each that the database is away, without asking it again for each", async () => {
  const away = new DatabaseAway(new Error("gone"), true);
  const { together, groups, letGo } = doubling((items) => (items.length > 1 ? away : null));
  const all = Promise.allSettled([1, 2].map((item) => together.do(item)));
  await letGo();
  for (const one of await all) expect(one).toMatchObject({ status: "rejected", reason: away });
  const after = together.do(3);
  await letGo();
  expect(await after).toBe(6);
  expect(groups).toEqual([[1, 2], [3]]);
});

it("does the others of a group that could not be done for the sake of one, whom alone the database keeps waiting", async () => {
  const held = new DatabaseAway(new Error("statement timeout"), false);
  const { together, groups, letGo } = doubling((items) => (items.includes(8) ? held : null));
  const all = Promise.allSettled([8, 7, 9].map((item) => together.do(item)));
  for (let round = 0; round < 4; round++) await letGo();
  expect(await all).toMatchObject([{ reason: held }, { value: 14 }, { value: 18 }]);
  expect(groups).toEqual([[8, 7, 9], [8], [7], [9]]);
});

it.each([
  ["twice keeps one alone waiting", false, [[7, 8, 9, 10], [7], [8]]],
  ["is lost to one alone", true, [[7, 8, 9, 10], [7]]],
])("asks a database for nobody else that %s", async (_, isConnectionLost, asked) => {
  const [held, alone] = [
    new DatabaseAway(new Error("held"), false),
    new DatabaseAway(new Error("away"), isConnectionLost),
  ];
  const { together, groups, letGo } = doubling((items) => (items.length > 1 ? held : alone));
  const all = Promise.allSettled([7, 8, 9, 10].map((item) => together.do(item)));
  for (let round = 0; round < asked.length; round++) await letGo();
  for (const one of await all) expect(one).toMatchObject({ status: "rejected", reason: alone });
  expect(groups).toEqual(asked);
});
