import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { Dice } from "./dice.ts";
import { CrashPoints, Life } from "./life.ts";
import { VirtualTime } from "./virtual-time.ts";
import { leaving, swarm, Weather } from "./weather.ts";

const CALL = "before SIBS's status";

function lives() {
  const time = new VirtualTime(0);
  const dice = new Dice(1);
  const weather = new Weather(leaving(swarm(dice.more()), []), dice.more(), () => undefined);
  const points = new CrashPoints(weather, dice.more());
  const strayed: string[] = [];
  const begin = () => new Life(time, points, { killed: () => undefined, strayed: (doing) => strayed.push(doing) });
  return { time, strayed, before: begin(), after: begin() };
}

/** Whether whoever does something by what is of a life gets past it, done for a life. */
async function passes(of: Life, by: Life, time: VirtualTime): Promise<boolean> {
  let isPast = false;
  void time.of(by, () => of.pass(CALL)).then(() => (isPast = true));
  await turn();
  return isPast;
}

it("is told of whoever lives and does something by what is of a life that is over", async () => {
  const { time, strayed, before, after } = lives();
  expect(await passes(before, before, time)).toBe(true);
  before.end();
  expect(await passes(before, after, time)).toBe(false);
  expect(strayed).toEqual([CALL]);
});

it("is told of nothing where somebody goes on who was killed with it: that never comes about", async () => {
  const { time, strayed, before, after } = lives();
  before.end();
  expect(await passes(before, before, time)).toBe(false);
  expect(await passes(after, after, time)).toBe(true);
  expect(strayed).toEqual([]);
});
