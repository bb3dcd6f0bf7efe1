import type { Dice } from "../../simulation/dice.ts";
import type { Ground } from "../ground/ground.ts";
import type { Line } from "../ground/line.ts";
import type { Injury, Kind } from "./injury.ts";

/** Some longer than anybody waits for PostgreSQL (six seconds) or for SIBS (four, five and ten). */
const SILENT_MS = [800, 8_500] as const;
const REFUSED_MS = [300, 4_000] as const;
const SLOW_MS = [1_500, 4_000] as const;
const DELAY_MS = [40, 350] as const;

/** What a line comes to, by one of the lines. */
function hurt(
  { lines }: Ground,
  dice: Dice,
  lastsMs: number,
  begin: (line: Line) => unknown,
  end: (line: Line) => unknown = (line) => line.heal(),
): Injury {
  const line = dice.pick(lines);
  return {
    where: line.name,
    touches: [line.name],
    lastsMs,
    begin: async () => void (await begin(line)),
    end: async () => void (await end(line)),
  };
}

/** Connections break, and both ends are told; a few times in a row. */
export const lineCut: Kind = (ground, dice) =>
  hurt(
    ground,
    dice,
    dice.between(100, 1_500),
    (line) => line.cut(),
    (line) => line.cut(),
  );

/** Packets are dropped both ways; once they pass again, what was dropped is sent again. */
export const lineSilent: Kind = (ground, dice) =>
  hurt(ground, dice, dice.between(...SILENT_MS), (line) => line.silence("both"));

/** What is asked arrives, and no answer comes back; or nothing that is asked arrives. */
export const lineSilentOneWay: Kind = (ground, dice) => {
  const direction = dice.pick(["back", "back", "there"] as const);
  const injury = hurt(ground, dice, dice.between(...SILENT_MS), (line) => line.silence(direction));
  return { ...injury, where: `${injury.where}, ${direction}` };
};

/** Packets are dropped, and when they pass again nobody knows the connections any more. */
export const lineForgotten: Kind = (ground, dice) =>
  hurt(
    ground,
    dice,
    dice.between(...SILENT_MS),
    (line) => line.silence("both"),
    (line) => line.heal({ forgotten: true }),
  );

/** Connections break, and new ones are refused. */
export const lineRefused: Kind = (ground, dice) =>
  hurt(ground, dice, dice.between(...REFUSED_MS), (line) => line.refuse());

/** Each piece of what is sent takes longer. */
export const lineSlow: Kind = (ground, dice) => {
  const delay = dice.between(...DELAY_MS);
  return hurt(ground, dice, dice.between(...SLOW_MS), (line) => line.slow(delay));
};
