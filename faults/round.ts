import { spawnSync } from "node:child_process";
import { Dice } from "../simulation/dice.ts";
import type { Violation } from "../tests/books/books.ts";
import { moneyOf, payableOf } from "../tests/books/money.ts";
import { THIS_VERSION } from "../tests/support/program.ts";
import { eventsOf } from "./books/events.ts";
import { keptOf, leftOf, plansOf, reportsOf } from "./books/promises.ts";
import { readBooks } from "./books/read.ts";
import { storyOf } from "./books/story.ts";
import { type Ground, openGround } from "./ground/ground.ts";
import type { KindName } from "./injuries/kinds.ts";
import { type Done, Schedule } from "./injuries/schedule.ts";
import { type Before, upgrade } from "./injuries/upgrade.ts";
import { Crowd } from "./town/crowd.ts";
import { prepare, type Settled } from "./town/prepare.ts";
import { comeToRest } from "./town/rest.ts";

/** What one round is to be. */
export interface RoundPlan {
  readonly seed: number;
  readonly payments: number;
  readonly injuries: number;
  /** Whose programs it begins with, which are upgraded in it; null: this version's. */
  readonly before: Before | null;
  /** For how long, in milliseconds, things are hurt at most: what was not done by then is left out. */
  readonly hurtsForMs: number;
  /** Where programs write what they have to say; null: nowhere that stays. */
  readonly logs: string | null;
  /** Is told how far it has come. */
  readonly tell: (line: string) => void;
}

/** What one round came to. */
export interface Round {
  readonly seed: number;
  /** How many payments there are in the end, those by which recoveries were measured among them. */
  readonly payments: number;
  readonly injuries: readonly Done[];
  readonly lacking: readonly KindName[];
  readonly violations: readonly Violation[];
  /** The story of each payment that something is wrong with; of the first few. */
  readonly stories: readonly (readonly string[])[];
  readonly seconds: number;
}

/** How long an injury and what comes of it takes, until that was seen. */
const AN_INJURY_MS = 4_500;
const STORIES = 5;
const WEAK = { fails: 0.08, hangs: 0.01, fallsOver: 0.05 };

/** Sets everything up, has people pay and all of it hurt, lets it come to rest, and compares the books. */
export async function playRound(plan: RoundPlan): Promise<Round> {
  const begun = performance.now();
  const ground = await openGround({ ...(plan.before !== null && { version: plan.before.version }), logs: plan.logs });
  try {
    const dice = new Dice(plan.seed);
    const settled = await prepare(ground, dice.more(), plan.before !== null);
    const schedule = await hurt(plan, settled, dice);
    plan.tell("all injuries are done; until everything has come to rest…");
    const left = await comeToRest(settled, dice.more());
    plan.tell("the books are compared…");
    const violations = [...settled.town.till.diary.violations, ...left, ...(await compare(ground, settled, dice))];
    const { rows } = await ground.pool.query<{ count: number }>(
      "select count(*)::integer as count from caravela.payment",
    );
    return {
      seed: plan.seed,
      payments: rows[0]?.count ?? 0,
      injuries: schedule.done,
      lacking: [...schedule.lacking],
      violations,
      stories: await stories(violations, settled, schedule.done),
      seconds: (performance.now() - begun) / 1000,
    };
  } finally {
    await ground.close();
  }
}

/** People pay, and one injury comes after the other; a night passes in the midst of it, on which plans charge. */
async function hurt(plan: RoundPlan, settled: Settled, dice: Dice): Promise<Schedule> {
  const { town, shops, subscriptions } = settled;
  const crowd = new Crowd(town, dice.more());
  const schedule = new Schedule(town, dice.more());
  for (const shop of shops.slice(1)) shop.weakness = WEAK;
  const begun = performance.now();
  const pace = () => {
    const { length: done } = schedule.done;
    const each = done === 0 ? AN_INJURY_MS : (performance.now() - begun) / done;
    const leftMs = Math.max(1_000, (plan.injuries - done) * each);
    crowd.come(((plan.payments - crowd.begun) / leftMs) * 1_000, plan.payments);
  };
  const isLate = () => performance.now() - begun > plan.hurtsForMs;
  const isOver = () => schedule.done.length >= plan.injuries || isLate();
  const night = Math.floor(plan.injuries / 2);
  let isNightPast = false;
  pace();
  if (plan.before !== null) {
    await crowd.some(plan.payments / 10);
    schedule.done.push(await upgrade(town, dice.more()));
  }
  while (!isOver() || !isNightPast) {
    pace();
    if (!isNightPast && (schedule.done.length >= night || isOver())) {
      isNightPast = true;
      await crowd.leave();
      plan.tell("a night passes…");
      const morning = Math.max(town.ground.now(), ...subscriptions.map(({ firstAt }) => firstAt)) + 60_000;
      const left = plan.injuries - schedule.done.length;
      await Promise.all([town.ground.advanceTo(morning), ...(left > 0 ? [schedule.next(left)] : [])]);
      continue;
    }
    await schedule.next(plan.injuries - schedule.done.length);
    plan.tell(`${schedule.done.length} injuries, ${crowd.begun} customers; ${inWords(schedule.done.at(-1))}`);
  }
  pace();
  if (isLate()) await crowd.leave();
  else await crowd.allDone();
  return schedule;
}

function inWords(done: Done | undefined): string {
  if (done === undefined) return "";
  const recovered = done.recoveredMs === null ? "not recovered" : `${Math.round(done.recoveredMs)} ms`;
  return `${done.kind} (${done.where}): ${recovered}`;
}

async function compare(ground: Ground, { town, shops }: Settled, dice: Dice): Promise<Violation[]> {
  const books = await readBooks(
    ground.pool,
    shops.map(({ told }) => told),
    ground.now(),
  );
  return [
    ...moneyOf(books),
    ...payableOf(books),
    ...eventsOf(books),
    ...keptOf(books, town.till.diary),
    ...plansOf(books),
    ...(await leftOf(ground.pool, ground.now())),
    ...(await reportsOf(town.till, dice.more(), books)),
    ...verified(ground),
  ];
}

/** `caravela verify`: each journal, replayed, comes to the state that is stored. */
function verified({ postgres }: Ground): Violation[] {
  const { main, execPath, execArgv } = THIS_VERSION;
  const { status, stdout, stderr } = spawnSync(execPath, [...execArgv, main, "verify"], {
    env: { PATH: process.env.PATH, DATABASE_URL: postgres.url },
    encoding: "utf8",
  });
  if (status === 0) return [];
  const lines = [...stdout.split("\n"), ...stderr.split("\n")].filter((line) => line !== "");
  return lines.map((line) => ({
    kind: "other",
    subject: /(pay|man)_[0-9a-z]{20}/.exec(line)?.[0] ?? null,
    says: `caravela verify: ${line}`,
  }));
}

function stories(violations: readonly Violation[], { town }: Settled, injuries: readonly Done[]): Promise<string[][]> {
  const subjects = [...new Set(violations.flatMap(({ subject }) => (subject === null ? [] : [subject])))];
  const from = { pool: town.ground.pool, diary: town.till.diary, injuries };
  return Promise.all(subjects.slice(0, STORIES).map((subject) => storyOf(subject, from)));
}
