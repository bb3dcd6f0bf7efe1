import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { type AnswerToIt, type Asked, type Question, type Told, toldWithoutEnd } from "./told.ts";

/** What a process has compiled of its sources is there for the next. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, "../node_modules/.cache/simulation");
/** What a process of runs ends with whose mistake could not be put into it. */
export const NOT_MUTATED = 64;
/** A run that takes longer goes round in a circle: the longest take some minutes. */
const LONGEST_RUN_MS = 45 * 60_000;

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
    const isFirst = this.#process === null;
    this.#process ??= new RunProcess(this.#mutation);
    const told = await this.#process.live(asked);
    if (told !== null) return told;
    const what = await this.#process.whyItEnded();
    this.#process = null;
    // it may have died of what was left of another
    if (!isFirst) return this.live(asked);
    return toldWithoutEnd(asked, what);
  }

  /** Ends the process. @throws Error where it ended otherwise than it should */
  async end(): Promise<void> {
    await this.#process?.end();
    this.#process = null;
  }
}

class RunProcess {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  readonly #exit: Promise<number | null>;
  #asked = 0;
  #errors = "";

  constructor(mutation: string | null) {
    const [program, ...words] = mutation === null ? ["lives.ts"] : ["mutations/lives.ts", mutation];
    const args = ["--conditions=@caravela/source", join(import.meta.dirname, program ?? ""), ...words];
    const child = spawn(process.execPath, args, { env: { ...process.env, NODE_COMPILE_CACHE } });
    child.stderr.on("data", (part) => {
      this.#errors = `${this.#errors}${part}`.slice(-2_000);
    });
    // whoever is dead is asked in vain: its exit says so
    child.stdin.on("error", () => undefined);
    this.#lines = createInterface({ input: child.stdout });
    this.#exit = new Promise((resolve) => child.on("close", resolve));
    this.#child = child;
  }

  /** Null: it died of it, or was ended because it came to no end. */
  async live(asked: Asked): Promise<Told | null> {
    this.#asked += 1;
    const question: Question = [this.#asked, asked];
    const stopsWaiting = new AbortController();
    const told = new Promise<Told | null>((resolve) => {
      this.#lines.once("line", (line) => resolve(readAnswer(line, this.#asked)));
    });
    const tooLong = pause(LONGEST_RUN_MS, null, { signal: stopsWaiting.signal, ref: false }).catch(() => null);
    this.#child.stdin?.write(`${JSON.stringify(question)}\n`);
    const answer = await Promise.race([told, this.#exit.then(() => null), tooLong]);
    stopsWaiting.abort();
    if (answer === null) this.#child.kill("SIGKILL");
    return answer;
  }

  /** @throws Error where its mistake could not be put into it */
  async whyItEnded(): Promise<string> {
    const code = await this.#exit;
    if (code === NOT_MUTATED) throw new Error(this.#errors);
    return `it ended with ${code ?? "a kill"} and came to no end of its own: ${this.#errors}`;
  }

  async end(): Promise<void> {
    this.#child.stdin?.end();
    const code = await this.#exit;
    if (code !== 0) throw new Error(`a process of runs ended with ${code}: ${this.#errors}`);
  }
}

/** Null: it is none, or of another question. */
function readAnswer(line: string, asked: number): Told | null {
  try {
    const [number, told]: AnswerToIt = JSON.parse(line);
    return number === asked ? told : null;
  } catch {
    return null;
  }
}
