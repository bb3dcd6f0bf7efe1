import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { compiled } from "./compiled.ts";

const caravela = join(import.meta.dirname, "..", "..", "packages", "cli", "src", "main.ts");

/**
 * Gateway or server in a process of its own, as `caravela start` runs it: it can be killed, and started again at the
 * same address.
 */
export class Program {
  readonly #name: "gateway" | "server";
  readonly #env: Readonly<Record<string, string>>;
  readonly #output: "ignore" | number;
  #process: ChildProcess | null = null;

  /** @param output a file that is open for its log and its last words; without one it keeps silent. */
  constructor(name: "gateway" | "server", env: Readonly<Record<string, string>>, output: "ignore" | number = "ignore") {
    this.#name = name;
    this.#env = output === "ignore" ? { CARAVELA_LOG_LEVEL: "silent", ...env } : env;
    this.#output = output;
  }

  /** Starts it and resolves when it answers. */
  async start(): Promise<void> {
    const child = fork(caravela, [this.#name], {
      env: { PATH: process.env.PATH, ...compiled, ...this.#env },
      execArgv: ["--conditions=@caravela/source"],
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

  /** Asks it to end, and waits: its exit code, or the signal that ended it, and how long that took in milliseconds. */
  async end(): Promise<{ how: number | string; ms: number }> {
    const child = this.#process;
    this.#process = null;
    if (child === null) throw new Error(`the ${this.#name} does not run`);
    const begun = performance.now();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const [code, signal] = await ended;
    return { how: code ?? signal, ms: performance.now() - begun };
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
