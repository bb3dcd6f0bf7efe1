import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Asked, Told } from "./lives.ts";

/** What a process has compiled of its sources is there for the next. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, "../node_modules/.cache/simulation");
/** What a process of runs ends with whose mistake could not be put into it. */
export const NOT_MUTATED = 64;

/**
 * A process in which runs are lived, one after the other: time is another there. One that dies of a run is followed by
 * another.
 */
export class Living {
  readonly #mutation: string | null;
  #process: RunProcess | null = null;

  /** @param mutation the name of a mistake that is put into what it runs */
  constructor(mutation: string | null = null) {
    this.#mutation = mutation;
  }

  /** Lives a run. @throws Error where the mistake could not be put into it */
  async live(asked: Asked): Promise<Told> {
    this.#process ??= new RunProcess(this.#mutation);
    const told = await this.#process.live(asked);
    if (told !== null) return told;
    const what = await this.#process.lastWords();
    this.#process = null;
    const violations = [{ property: "end", subject: "the run", what }] as const;
    return { ...asked, made: 0, violations, stories: {}, faults: {}, points: {}, trace: "" };
  }

  /** Ends the process. @throws Error where the mistake was not in anything that it ran */
  async end(): Promise<void> {
    await this.#process?.end();
    this.#process = null;
  }
}

class RunProcess {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  readonly #exit: Promise<number | null>;
  #errors = "";

  constructor(mutation: string | null) {
    const [program, ...words] = mutation === null ? ["lives.ts"] : ["mutations/lives.ts", mutation];
    const args = ["--conditions=@caravela/source", join(import.meta.dirname, program ?? ""), ...words];
    const child = spawn(process.execPath, args, { env: { ...process.env, NODE_COMPILE_CACHE } });
    child.stderr.on("data", (part) => {
      this.#errors += part;
    });
    // whoever is dead is asked in vain: its exit says so
    child.stdin.on("error", () => undefined);
    this.#lines = createInterface({ input: child.stdout });
    this.#exit = new Promise((resolve) => child.on("close", resolve));
    this.#child = child;
  }

  /** Null: it died of it. */
  async live(asked: Asked): Promise<Told | null> {
    const told = new Promise<Told>((resolve) => this.#lines.once("line", (line) => resolve(JSON.parse(line))));
    this.#child.stdin?.write(`${JSON.stringify(asked)}\n`);
    return Promise.race([told, this.#exit.then(() => null)]);
  }

  /** What it died of. @throws Error where its mistake could not be put into it */
  async lastWords(): Promise<string> {
    const code = await this.#exit;
    if (code === NOT_MUTATED) throw new Error(this.#errors);
    return `it ended with ${code} and came to no end of its own: ${this.#errors.slice(0, 2_000)}`;
  }

  async end(): Promise<void> {
    this.#child.stdin?.end();
    if ((await this.#exit) === NOT_MUTATED) throw new Error(this.#errors);
  }
}
