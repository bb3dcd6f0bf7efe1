import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Dice } from "../simulation/dice.ts";
import { type Before, layOutBefore } from "./injuries/upgrade.ts";
import type { Options } from "./options.ts";
import { type Figures, figuresOf } from "./report.ts";
import { playRound, type Round } from "./round.ts";

/** A round has so many at most: it begins on an empty database, and what it holds in memory ends with it. */
const MOST_PAYMENTS = 2_500;
const MOST_INJURIES = 60;
/** Each such round, from the second on, begins with the release before. */
const UPGRADES_EACH = 3;

/** A round of a run, before it is played. */
interface Share {
  readonly number: number;
  readonly seed: number;
  readonly payments: number;
  readonly injuries: number;
  readonly upgrades: boolean;
}

/** Cuts a run into rounds, each with a seed of its own. */
export function sharesOf({ payments, injuries, seed }: Pick<Options, "payments" | "injuries" | "seed">): Share[] {
  const count = Math.max(1, Math.ceil(payments / MOST_PAYMENTS), Math.ceil(injuries / MOST_INJURIES));
  const dice = new Dice(seed);
  return Array.from({ length: count }, (_, place) => ({
    number: place + 1,
    seed: count === 1 ? seed : dice.between(1, 1_000_000_000),
    payments: part(payments, count, place),
    injuries: part(injuries, count, place),
    upgrades: place % UPGRADES_EACH === 1,
  }));
}

/** Plays the rounds that were asked for, one after the other. @param keep is given the figures after each */
export async function playRounds(
  options: Options,
  { tell, keep }: { tell: (line: string) => void; keep: (figures: Figures) => void },
): Promise<Figures> {
  const until = options.minutes === null ? Number.POSITIVE_INFINITY : performance.now() + options.minutes * 60_000;
  const rounds: Round[] = [...(options.resumes ? roundsIn(options) : [])];
  const all = sharesOf(options);
  const shares = all.filter(({ number }) => options.round === null || number === options.round);
  const left = shares.slice(rounds.length);
  const before = left.some(({ upgrades }) => upgrades) ? layOutBefore() : null;
  try {
    for (const share of left) {
      const hurtsForMs = until - performance.now();
      if (hurtsForMs < 0) break;
      const from = share.upgrades ? beforeOr(before, tell) : null;
      tell(
        `round ${share.number} of ${all.length}, seed ${share.seed}: ${share.payments} payments, ${share.injuries} injuries`,
      );
      const logs = options.logs === null ? null : join(options.logs, `round-${share.number}`);
      const round = await playRound({ ...share, before: from, hurtsForMs, logs, tell });
      rounds.push(round);
      for (const line of failuresOf(round, { ...options, round: share.number })) tell(line);
      keep(figuresOf(options, rounds));
    }
  } finally {
    before?.remove();
  }
  return figuresOf(options, rounds);
}

/** What is wrong in a round, with the command that plays it again, and the story of each payment. */
function failuresOf({ violations, stories }: Round, { payments, injuries, seed, round }: Options): string[] {
  if (violations.length === 0) return [];
  return [
    `npm run faults -- --payments ${payments} --injuries ${injuries} --seed ${seed} --round ${round}`,
    ...violations.map(({ kind, subject, says }) => `${kind.toUpperCase()} ${subject ?? ""}: ${says}`),
    ...stories.flatMap((story) => ["", ...story]),
  ];
}

function beforeOr(before: Before | null, tell: (line: string) => void): Before | null {
  if (before === null) tell("the history of this clone does not reach back to the release before: nothing is upgraded");
  return before;
}

/** The rounds that the file has of the same run. @throws Error when it is of another */
function roundsIn({ file, seed, payments, injuries }: Options): readonly Round[] {
  if (file === null || !existsSync(file)) return [];
  const before = JSON.parse(readFileSync(file, "utf8")) as Figures;
  if (before.seed !== seed || before.asked.payments !== payments || before.asked.injuries !== injuries)
    throw new Error(
      `${file} is of --payments ${before.asked.payments} --injuries ${before.asked.injuries} --seed ${before.seed}: resume that, or write into another file`,
    );
  return before.rounds;
}

/** Writes the figures into a file. */
export function keepIn(file: string | null): (figures: Figures) => void {
  return (figures) => {
    if (file !== null) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
  };
}

function part(whole: number, count: number, place: number): number {
  return Math.floor((whole * (place + 1)) / count) - Math.floor((whole * place) / count);
}
