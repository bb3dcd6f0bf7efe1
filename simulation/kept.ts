import { createHash } from "node:crypto";
import { appendFileSync, existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Asked, Told } from "./told.ts";

const ROOT = join(import.meta.dirname, "..");

/** A line of the file. */
interface KeptRun {
  /** The digest of the sources that were run. */
  readonly code: string;
  readonly asked: Pick<Asked, "seed" | "payments" | "only">;
  readonly told: Told;
}

/**
 * What runs came to, kept in a file, a line each: a long simulation can be ended at any time, and goes on from there. A
 * run in which something was wrong is none of them: it is lived again; and so is one of other code.
 */
export class KeptRuns {
  readonly #file: string | null;
  readonly #code: string;
  readonly #known = new Map<string, Told>();

  /** @param file null: nothing is kept. @param code the digest of what is run */
  constructor(file: string | null, code = file === null ? "" : digestOfSources()) {
    this.#file = file;
    this.#code = code;
    if (file === null || !existsSync(file)) return;
    const text = readFileSync(file, "utf8");
    // whoever was ended while it wrote has left a part of a line
    if (!text.endsWith("\n")) appendFileSync(file, "\n");
    const runs = text.split("\n").flatMap(readLine);
    for (const { asked, told } of runs.filter((one) => one.code === code)) this.#known.set(nameOf(asked), told);
  }

  /** What a run came to; null: it was not lived yet. */
  of(asked: Asked): Told | null {
    return this.#known.get(nameOf(asked)) ?? null;
  }

  keep({ seed, payments, only }: Asked, told: Told): void {
    if (this.#file === null || told.violations.length > 0) return;
    const run: KeptRun = { code: this.#code, asked: { seed, payments, only }, told };
    appendFileSync(this.#file, `${JSON.stringify(run)}\n`);
  }
}

function readLine(line: string): readonly KeptRun[] {
  try {
    const run: Partial<KeptRun> | null = JSON.parse(line);
    return run?.asked !== undefined && run.told !== undefined ? [run as KeptRun] : [];
  } catch {
    return [];
  }
}

/** Of all that a run may load. */
function digestOfSources(): string {
  const digest = createHash("sha256");
  const files = globSync(["packages/*/src/**/*.ts", "simulation/**/*.ts", "tests/books/*.ts"], { cwd: ROOT });
  for (const file of files.filter((one) => !one.endsWith(".test.ts")).sort())
    digest.update(file).update(readFileSync(join(ROOT, file)));
  return digest.digest("hex");
}

const nameOf = ({ seed, payments, only }: KeptRun["asked"]): string => JSON.stringify([seed, payments, only]);
