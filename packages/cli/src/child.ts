import { type ChildProcess, fork } from "node:child_process";
import { closeSync } from "node:fs";
import { CannotStart } from "@caravela/platform/cannot-start";
import { deadline } from "@caravela/platform/timer";
import type { Report } from "./program.ts";

/** Something that runs for as long as we do. */
export interface Part {
  readonly name: string;
  /** Resolves with how it ended, whether asked to or not. */
  readonly ended: Promise<string>;
  /** Ends it: in order, or by force when that takes too long or somebody is in a hurry. */
  end(hurry: AbortSignal): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  readonly module: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** A file that is open for its output; closed here. */
  readonly output: number;
  readonly logFile: string;
}

const END_LIMIT_MS = 10_000;

/** A program of ours in a process of its own. It ends by itself when we are gone: the channel between us closes. */
export class Child implements Part {
  readonly name: string;
  readonly ended: Promise<string>;
  readonly #process: ChildProcess;
  readonly #logFile: string;

  constructor({ name, module, args = [], env, output, logFile }: ChildOptions) {
    this.name = name;
    this.#logFile = logFile;
    this.#process = fork(module, [...args], {
      env,
      stdio: ["ignore", output, output, "ipc"],
    });
    closeSync(output);
    this.ended = new Promise((resolve) => {
      this.#process.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
      this.#process.once("error", (error) => resolve(error.message));
    });
  }

  /** Its address, when it is ready. @throws CannotStart with its own words when it cannot be. */
  async ready(): Promise<string> {
    const { promise: report, resolve } = Promise.withResolvers<Report>();
    this.#process.once("message", (message) => resolve(message as Report));
    const first = await Promise.race([report, this.ended]);
    if (typeof first === "string")
      throw new CannotStart(`The ${this.name} ended while starting (${first}): ${this.#logFile} says why.`);
    if ("fault" in first) throw new CannotStart(first.fault);
    return first.ready;
  }

  async end(hurry: AbortSignal): Promise<void> {
    this.#process.kill("SIGTERM");
    const force = () => this.#process.kill("SIGKILL");
    if (hurry.aborted) force();
    hurry.addEventListener("abort", force, { once: true });
    if ((await deadline(this.ended, END_LIMIT_MS)) === "timeout") force();
    await this.ended;
  }
}
