import { availableParallelism, cpus } from "node:os";
import type { Options } from "./options.ts";
import type { Round } from "./round.ts";

/** What injuries of one kind came to. */
export interface KindFigures {
  readonly kind: string;
  readonly count: number;
  /** From their end until payments went through again by both servers, in milliseconds; null: some never did. */
  readonly recovery: { readonly medianMs: number; readonly worstMs: number } | null;
}

/** The figures of a run, as they are written for other programs. */
export interface Figures {
  readonly seed: number;
  readonly asked: { readonly payments: number; readonly injuries: number };
  readonly payments: number;
  readonly injuries: number;
  readonly kinds: readonly KindFigures[];
  readonly lacking: readonly string[];
  readonly losses: number;
  readonly doubles: number;
  readonly violations: number;
  readonly seconds: number;
  readonly machine: string;
  readonly rounds: readonly Round[];
}

/** Adds up the rounds of a run. */
export function figuresOf({ seed, payments, injuries }: Options, rounds: readonly Round[]): Figures {
  const done = rounds.flatMap((round) => round.injuries);
  const violations = rounds.flatMap((round) => round.violations);
  const kinds = [...Map.groupBy(done, ({ kind }) => kind)].map(([kind, all]): KindFigures => {
    const times = all.map(({ recoveredMs }) => recoveredMs);
    return { kind, count: all.length, recovery: times.includes(null) ? null : spread(times as number[]) };
  });
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  return {
    seed,
    asked: { payments, injuries },
    payments: sum((round) => round.payments),
    injuries: done.length,
    kinds: kinds.toSorted((one, other) => one.kind.localeCompare(other.kind)),
    lacking: [...new Set(rounds.flatMap(({ lacking }) => lacking))],
    losses: violations.filter(({ kind }) => kind === "loss").length,
    doubles: violations.filter(({ kind }) => kind === "double").length,
    violations: violations.length,
    seconds: sum(({ seconds }) => seconds),
    machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`,
    rounds,
  };
}

function spread(times: readonly number[]): { medianMs: number; worstMs: number } {
  const sorted = times.toSorted((one, other) => one - other);
  return {
    medianMs: Math.round(sorted[Math.floor((sorted.length - 1) / 2)] ?? 0),
    worstMs: Math.round(sorted.at(-1) ?? 0),
  };
}

/** The table of a run, with its last line: what was done, and how many violations there were. */
export function tableOf(figures: Figures): string[] {
  const rows = figures.kinds.map(({ kind, count, recovery }) => [
    kind,
    `${count}`,
    recovery === null ? "over 3 min" : seconds(recovery.medianMs),
    recovery === null ? "over 3 min" : seconds(recovery.worstMs),
  ]);
  const all = [["injury", "times", "recovery, median", "worst"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const drawn = all.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  const lacking = figures.lacking.map((kind) => `${kind}: left out, this machine cannot have it`);
  return [...drawn, ...lacking, figures.machine, lastLine(figures)];
}

function lastLine({ payments, injuries, seconds: took, seed, losses, doubles, violations }: Figures): string {
  return `${payments} payments and ${injuries} injuries in ${lasted(took)}, seed ${seed}: ${losses} losses, ${doubles} doubles, ${violations} violations`;
}

function lasted(inSeconds: number): string {
  return inSeconds < 120 ? `${Math.round(inSeconds)} s` : `${Math.round(inSeconds / 60)} min`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
