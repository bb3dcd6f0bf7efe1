import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { caravelaCommand, compiled } from "./programs.ts";

/** Whose programs are started, and how: this version's, unless it is said. */
export interface Version {
  /** Its `caravela`. */
  readonly main: string;
  readonly execPath: string;
  readonly execArgv: readonly string[];
}

/** The programs as they are here. */
export const THIS_VERSION: Version = {
  ...caravelaCommand(),
  execPath: process.execPath,
};

/**
 * Gateway or server in a process of its own, as `caravela start` runs it: it can be killed, and started again at the
 * same address.
 */
export class Program {
  readonly #name: "gateway" | "server";
  readonly #env: Readonly<Record<string, string>>;
  readonly #output: "ignore" | number;
  #process: ChildProcess | null = null;
  #version = THIS_VERSION;

  /** @param output a file that is open for its log and its last words; without one it keeps silent. */
  constructor(name: "gateway" | "server", env: Readonly<Record<string, string>>, output: "ignore" | number = "ignore") {
    this.#name = name;
    this.#env = output === "ignore" ? { CARAVELA_LOG_LEVEL: "silent", ...env } : env;
    this.#output = output;
  }

  /** Starts it and resolves when it answers. @param version whose program it is, from then on */
  async start(version: Version = this.#version): Promise<void> {
    this.#version = version;
    const child = fork(version.main, [this.#name], {
      env: { PATH: process.env.PATH, ...compiled, ...this.#env },
      execPath: version.execPath,
      execArgv: [...version.execArgv],
      stdio: ["ignore", this.#output, this.#output === "ignore" ? "inherit" : this.#output, "ipc"],
    });
    this.#process = child;
    const first = await Promise.race([once(child, "message"), once(child, "exit")]);
    if (!isReady(first[0])) throw new Error(`the ${this.#name} did not start: ${JSON.stringify(first)}`);
  }

  /** Ends it as a power cut does: it can do nothing about it. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /**
   * Asks it to end, and waits: its exit code, or the signal that ended it, and how long that took in milliseconds.
   * @param limitMs after how long it is killed, as whoever supervises it would; as long as it takes, unless it is given
   */
  async end(limitMs?: number): Promise<{ how: number | string; ms: number }> {
    const child = this.#process;
    this.#process = null;
    if (child === null) throw new Error(`the ${this.#name} does not run`);
    const begun = performance.now();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const impatience = limitMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), limitMs);
    const [code, signal] = await ended;
    clearTimeout(impatience);
    return { how: code ?? signal, ms: performance.now() - begun };
  }

  /** It stands still, as if its machine did, and nobody is told. */
  freeze(): void {
    this.#process?.kill("SIGSTOP");
  }

  /** It goes on where it stood. */
  thaw(): void {
    this.#process?.kill("SIGCONT");
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** Its process; null while there is none. */
  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  get isRunning(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null;
  }
}

function isReady(message: unknown): boolean {
  return typeof message === "object" && message !== null && "ready" in message;
}
