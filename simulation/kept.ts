import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Asked, Told } from "./lives.ts";

/** A line of the file. */
interface KeptRun {
  readonly asked: Pick<Asked, "seed" | "payments" | "only">;
  readonly told: Told;
}

/**
 * What runs came to, kept in a file, a line each: a long simulation can be ended at any time, and goes on from there. A
 * run in which something was wrong is none of them: it is lived again.
 */
export class KeptRuns {
  readonly #file: string | null;
  readonly #known = new Map<string, Told>();

  /** @param file null: nothing is kept */
  constructor(file: string | null) {
    this.#file = file;
    if (file === null || !existsSync(file)) return;
    const text = readFileSync(file, "utf8");
    // whoever was ended while it wrote has left a part of a line
    if (!text.endsWith("\n")) appendFileSync(file, "\n");
    for (const { asked, told } of text.split("\n").flatMap(readLine)) this.#known.set(nameOf(asked), told);
  }

  /** What a run came to; null: it was not lived yet. */
  of(asked: Asked): Told | null {
    return this.#known.get(nameOf(asked)) ?? null;
  }

  keep({ seed, payments, only }: Asked, told: Told): void {
    if (this.#file === null || told.violations.length > 0) return;
    const run: KeptRun = { asked: { seed, payments, only }, told };
    appendFileSync(this.#file, `${JSON.stringify(run)}\n`);
  }
}

function readLine(line: string): readonly KeptRun[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

const nameOf = ({ seed, payments, only }: KeptRun["asked"]): string => JSON.stringify([seed, payments, only]);
