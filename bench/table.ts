import { cpus, totalmem, type } from "node:os";
import type { Timings } from "./load.ts";
import type { Cost, Spent } from "./processors.ts";

/** One line of the table. What does not apply is left out. */
export interface Row {
  readonly what: string;
  /** By what name it stands in the file of figures; absent: it does not. */
  readonly key?: string;
  readonly perSecond?: number;
  readonly timings?: Timings;
  /** What it is compared with: another line's rate. */
  readonly yardstick?: { readonly name: string; readonly perSecond: number };
}

const TITLES = ["", "per second", "median", "99 %", "of its yardstick"];

/** Prints what a payment costs each program, by the server and by the floor. */
export function printCosts(costs: Readonly<Record<string, Cost>>): void {
  console.log("\nwhat one payment costs, in milliseconds of one core\n");
  for (const [by, { cpuMs, transactions, walBytes, storedBytes }] of Object.entries(costs)) {
    const spent = Object.entries(cpuMs).filter(([, ms]) => ms >= 0.05);
    const parts = spent.toSorted(([, one], [, other]) => other - one).map(([name, ms]) => `${name} ${ms.toFixed(1)}`);
    console.log(`${by}: ${sumOf(cpuMs).toFixed(1)} (${parts.join(", ")})`);
    console.log(`  ${transactions.toFixed(1)} transactions, ${kib(walBytes)} of log, ${kib(storedBytes)} stored`);
  }
}

/** Milliseconds of processor over all programs. */
export function sumOf(cpuMs: Spent): number {
  return Object.values(cpuMs).reduce((sum, ms) => sum + ms, 0);
}

/** The figures as other programs read them: rates a second, times in milliseconds. */
export function figuresOf(rows: readonly Row[], costs: Readonly<Record<string, Cost>>): object {
  const named = rows.flatMap(({ key, perSecond, timings }) => {
    if (key === undefined) return [];
    const times = timings && { medianMs: timings.percentile(50), p99Ms: timings.percentile(99) };
    const cost = costs[key];
    const spent = cost && { ...cost, cpuMs: sumOf(cost.cpuMs), cpuMsByProgram: cost.cpuMs };
    return [[key, { ...(perSecond !== undefined && { perSecond }), ...times, ...spent }]];
  });
  return { machine: machine(), ...Object.fromEntries(named) };
}

/** Prints what was measured, with the machine it was measured on. */
export function print(rows: readonly Row[]): void {
  const lines = [TITLES, ...rows.map(cellsOf)];
  const widths = TITLES.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  console.log(`\n${machine()}\n`);
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => pad(cell, widths[column] ?? 0, column === 0))
        .join("   ")
        .trimEnd(),
    );
  }
}

function cellsOf({ what, perSecond, timings, yardstick }: Row): string[] {
  return [
    what,
    perSecond === undefined ? "" : rate(perSecond),
    timings === undefined ? "" : time(timings.percentile(50)),
    timings === undefined ? "" : time(timings.percentile(99)),
    perSecond === undefined || yardstick === undefined
      ? ""
      : `${((perSecond * 100) / yardstick.perSecond).toFixed(1)} % of ${yardstick.name}`,
  ];
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;

function rate(perSecond: number): string {
  return perSecond < 100 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString("en");
}

function time(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
}

function pad(cell: string, width: number, left: boolean): string {
  return left ? cell.padEnd(width) : cell.padStart(width);
}

function machine(): string {
  const [first] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const today = new Date().toISOString().slice(0, 10);
  return `${cpus().length} × ${first?.model.trim()}, ${memory}, ${type()}, Node ${process.version}, ${today}`;
}
