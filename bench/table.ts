import { cpus, totalmem, type } from "node:os";
import type { Timings } from "./load.ts";

/** One line of the table. What does not apply is left out. */
export interface Row {
  readonly what: string;
  readonly perSecond?: number;
  readonly timings?: Timings;
  /** What it is compared with: another line's rate. */
  readonly yardstick?: { readonly name: string; readonly perSecond: number };
}

const TITLES = ["", "per second", "median", "99 %", "of its yardstick"];

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
