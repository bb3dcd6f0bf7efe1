import { type ChildProcess, fork } from "node:child_process";
import { extname, join } from "node:path";
import type { Asked, Told, Wanted } from "./host.ts";

/** A gateway that was started for a test. */
export interface Hosted {
  readonly url: string;
  readonly terminals: Extract<Told, { started: unknown }>["started"]["terminals"];
  /** Ends it, and its database with it. */
  close(): Promise<void>;
}

/** Kept for the next test's gateway. */
const UNUSED_MS = 1_000;

// a test may have its own clock, and this is none of what it tests
const { setTimeout, clearTimeout } = globalThis;

let host: Host | null = null;

/**
 * Starts a gateway in the one process that runs them for this one. @throws Error in words, when it cannot be started
 */
export async function startHosted(wanted: Wanted): Promise<Hosted> {
  if (host === null || host.isGone) host = new Host();
  return host.start(wanted);
}

/** The process that runs this one's gateways: it lets this one end, and ends with it. */
class Host {
  readonly #process: ChildProcess;
  readonly #asked = new Map<number, { resolve(told: Told): void; reject(error: Error): void }>();
  #last = 0;
  #running = 0;
  #unused: NodeJS.Timeout | undefined;

  constructor() {
    const extension = extname(import.meta.filename);
    const { NODE_OPTIONS: _ofTheTest, ...env } = process.env;
    this.#process = fork(join(import.meta.dirname, `host${extension}`), [], {
      env,
      execArgv: extension === ".ts" ? ["--conditions=@caravela/source"] : [],
      stdio: ["ignore", 2, 2, "ipc"], // its log, where one is wanted, is no output of the test's
      detached: true, // Ctrl-C reaches the test alone, and the gateways end after it
    });
    this.#process.on("message", (told: Told) => this.#settle(told.number, ({ resolve }) => resolve(told)));
    this.#process.once("error", (error) => this.#fail(error));
    this.#process.once("exit", (code, signal) => this.#fail(new Error(`it ended (${signal ?? `exit code ${code}`})`)));
    this.#process.unref();
    this.#process.channel?.unref();
  }

  get isGone(): boolean {
    return !this.#process.connected;
  }

  async start(start: Wanted): Promise<Hosted> {
    clearTimeout(this.#unused);
    this.#running += 1;
    const number = this.#next();
    try {
      const told = await this.#ask({ number, start });
      if (!("started" in told)) throw new Error("it answered something else");
      return { ...told.started, close: once(() => this.#close(number)) };
    } catch (error) {
      this.#gone();
      throw error;
    }
  }

  async #close(close: number): Promise<void> {
    try {
      if (!this.isGone) await this.#ask({ number: this.#next(), close });
    } finally {
      this.#gone();
    }
  }

  #gone(): void {
    this.#running -= 1;
    if (this.#running > 0) return;
    this.#unused = setTimeout(() => this.isGone || this.#process.disconnect(), UNUSED_MS);
    this.#unused.unref();
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }

  async #ask(asked: Asked): Promise<Told> {
    this.#process.channel?.ref();
    const told = await new Promise<Told>((resolve, reject) => {
      this.#asked.set(asked.number, { resolve, reject });
      this.#process.send(asked, (error) => error && this.#settle(asked.number, (waits) => waits.reject(error)));
    });
    if ("fault" in told) throw new Error(told.fault);
    return told;
  }

  #settle(number: number, how: (waits: { resolve(told: Told): void; reject(error: Error): void }) => void): void {
    const waits = this.#asked.get(number);
    this.#asked.delete(number);
    if (this.#asked.size === 0) this.#process.channel?.unref();
    if (waits !== undefined) how(waits);
  }

  #fail(error: Error): void {
    const why = new Error(`The process of the gateways is gone: ${error.message}`, { cause: error });
    for (const number of this.#asked.keys()) this.#settle(number, ({ reject }) => reject(why));
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}
