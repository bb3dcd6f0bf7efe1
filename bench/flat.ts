import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import type { Extent } from "./extent.ts";
import { openHouse } from "./house.ts";
import { type Export, exportAll, printExport } from "./measures/exports.ts";
import { describeMemory } from "./measures/memory.ts";
import { forgetNotifications } from "./measures/notifications.ts";
import { bytesPerPayment, printSizes } from "./stored/size.ts";
import { storePayments } from "./stored/store.ts";
import { figuresOf, type Row } from "./table.ts";
import { measureAll } from "./whole-table.ts";

/** What a line may stray from its value on an empty database, in per cent. */
const MOST_STRAY = 15;

/** So many at least, and as many as half of the free disk holds. */
const SOME = 300_000;
const MANY = 2_000_000;

/** A line of the table, by its medians: a second, or else of milliseconds. */
interface Line {
  readonly what: string;
  readonly isRate: boolean;
  readonly value: number;
}

/** The whole table, measured on so many stored payments; the lines by their medians. */
interface Level {
  readonly stored: number;
  readonly bytesPerPayment: number | null;
  readonly lines: readonly Line[];
  /** What each round came to. */
  readonly rounds: readonly object[];
  /** All payments as a file, once after the rounds. */
  readonly exported: Export;
}

/**
 * Measures the table with nothing stored, with 300,000 payments, and with as many as half of the free disk holds or
 * `most`; prints how far each line strays from its value with nothing.
 *
 * @param keep is given what there is so far: it takes an hour, which may be cut short
 */
export async function measureFlat(
  extent: Extent,
  { rounds, most }: { rounds: number; most: number | null },
  keep: (figures: object) => void,
): Promise<object> {
  const levels = [await measureLevel(0, rounds, extent)];
  keep({ levels });
  const some = await measureLevel(Math.min(SOME, most ?? SOME), rounds, extent);
  levels.push(some);
  keep({ levels });
  const many = most ?? Math.max(MANY, roomFor(some.bytesPerPayment ?? 0));
  if (many > some.stored) levels.push(await measureLevel(many, rounds, extent));
  printStray(levels);
  return { levels };
}

/** How many payments half of the free disk holds. */
function roomFor(bytes: number): number {
  const { bavail, bsize } = statfsSync(tmpdir());
  return Math.floor((bavail * bsize) / 2 / bytes);
}

/** Each on a database of its own, which is thrown away. */
async function measureLevel(payments: number, count: number, extent: Extent): Promise<Level> {
  console.log(`\n${payments.toLocaleString("en")} payments stored: starting PostgreSQL, gateway and server…`);
  const house = await openHouse();
  try {
    const stored = payments === 0 ? null : await storePayments(house, payments);
    if (stored !== null) printSizes(stored.sizes, stored.payments);
    const rounds: { rows: readonly Row[]; figures: object }[] = [];
    for (let round = 1; round <= count; round += 1) {
      console.log(`round ${round} of ${count}`);
      const { rows, costs } = await measureAll(house, extent, payments);
      await forgetNotifications(house);
      const memory = house.processors.memory();
      rounds.push({ rows, figures: { ...figuresOf(rows, costs), memory } });
      console.log(`held in memory: ${describeMemory(memory)}`);
    }
    const exported = await exportAll(house);
    printExport(exported);
    return {
      stored: stored?.payments ?? 0,
      bytesPerPayment: stored === null ? null : bytesPerPayment(stored.sizes, stored.payments),
      lines: medians(rounds.map(({ rows }) => rows)),
      rounds: rounds.map(({ figures }) => figures),
      exported,
    };
  } finally {
    await house.close();
  }
}

/**
 * A line that is measured by its rate is compared by that, else by its median. What only some rounds had is left out.
 */
function medians(rounds: readonly (readonly Row[])[]): Line[] {
  const every = rounds.flat();
  const names = [...new Set(every.map(({ what }) => what))];
  return names.flatMap((what) => {
    const lines = every.filter((row) => row.what === what);
    const values = lines.flatMap(({ perSecond, timings }) => perSecond ?? timings?.percentile(50) ?? []);
    if (values.length < rounds.length) return [];
    return [{ what, isRate: lines[0]?.perSecond !== undefined, value: median(values) }];
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const [below = 0, above = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[half]];
  return (below + above) / 2;
}

function printStray([empty, ...full]: readonly Level[]): void {
  console.log(`\nmedians, and how much better (+) or worse (-) than with nothing stored; ! beyond ${MOST_STRAY} %\n`);
  const lines = [empty, ...full].flatMap((level) => level?.lines ?? []);
  const names = [...new Set(lines.map(({ what }) => what))];
  const width = Math.max(...names.map((what) => what.length));
  console.log(
    `${"".padEnd(width)}${[empty, ...full].map((one) => String(one?.stored.toLocaleString("en")).padStart(22)).join("")}`,
  );
  for (const what of names) {
    const [first, ...others] = [empty, ...full].map((level) => level?.lines.find((line) => line.what === what));
    const cells = [first && shown(first), ...others.map((line) => line && besides(line, first?.value ?? null))];
    console.log(`${what.padEnd(width)}${cells.map((cell = "") => cell.padStart(22)).join("")}`);
  }
}

/** @param empty its value with nothing stored; null: there is none. */
function besides(line: Line, empty: number | null): string {
  if (empty === null) return shown(line);
  const better = line.isRate ? line.value / empty - 1 : empty / line.value - 1;
  const percent = Math.round(better * 100);
  return `${percent < -MOST_STRAY ? "! " : ""}${shown(line)} ${percent < 0 ? "" : "+"}${percent} %`;
}

function shown({ isRate, value }: Line): string {
  const digits = value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
  return `${digits} ${isRate ? "/s" : "ms"}`;
}
