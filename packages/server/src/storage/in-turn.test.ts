import { DatabaseAway } from "@caravela/platform/postgres/away";
import { expect, it } from "vitest";
import { InTurn } from "./in-turn.ts";

it("does what concerns one subject in its order, and keeps no other waiting", async () => {
  const [turns, done] = [new InTurn(), [] as string[]];
  const gate = Promise.withResolvers<void>();
  const first = turns.do("a", () => gate.promise.then(() => done.push("a1")));
  const second = turns.do("a", async () => done.push("a2"));
  await turns.do("b", async () => done.push("b"));
  gate.resolve();
  await Promise.all([first, second]);
  expect(done).toEqual(["b", "a1", "a2"]);
});

it("lets the next have its turn after a failure; where the database was away, those who waited are told so too", async () => {
  const turns = new InTurn();
  const failing = (error: Error) => () => Promise.reject(error);
  const away = new DatabaseAway(new Error("held"), false);
  const all = Promise.allSettled([
    turns.do("a", failing(new Error("its own"))),
    turns.do("a", async () => "done"),
    turns.do("a", failing(away)),
    turns.do("a", async () => "not asked"),
  ]);
  expect(await all).toMatchObject([
    { reason: { message: "its own" } },
    { value: "done" },
    { reason: away },
    { reason: away },
  ]);
  expect(await turns.do("a", async () => "asked anew")).toBe("asked anew");
});
