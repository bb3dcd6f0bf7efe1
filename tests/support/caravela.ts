import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { caravelaWith, compiled, root } from "./programs.ts";

/** What Node is called with in a clone whose programs nobody has bundled. */
const FROM_SOURCE = ["--conditions=@caravela/source", "packages/cli/src/main.ts"];

export interface RunOptions {
  /** As `npm start`, instead of what that runs. */
  byNpm?: boolean;
  user?: { uid: number; gid: number };
  /** Another clone than this one. */
  clone?: string;
}

/** A run of `caravela start` in a process group of its own, as a terminal would have it. */
export class CaravelaRun {
  /** The system chooses its ports. */
  static readonly ANY_PORTS = { CARAVELA_PORT: "0", CARAVELA_GATEWAY_PORT: "0", CARAVELA_SHOP_PORT: "0" };

  readonly lines: string[] = [];
  readonly errors: string[] = [];
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  readonly #process: ChildProcess;

  constructor(env: Record<string, string>, { byNpm = false, user, clone = root }: RunOptions = {}) {
    const node = join(clone, "node_modules", ".bin", "node");
    const ours = clone === root ? caravelaWith("start") : [...FROM_SOURCE, "start"];
    const [command, args] = byNpm ? ["npm", ["start"]] : [node, ours];
    this.#process = spawn(command, args, {
      ...user,
      cwd: clone,
      // as under npm: it ends by itself when the test run is killed
      env: {
        ...ownEnvironment(),
        ...compiled,
        npm_lifecycle_event: "start",
        // what is installed stays as it is while tests run from it, be it older than package-lock.json
        npm_config_ignore_scripts: "true",
        ...CaravelaRun.ANY_PORTS,
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.ended = once(this.#process, "close").then(([code, signal]) => code ?? signal);
    collect(this.#process.stdout, this.lines);
    collect(this.#process.stderr, this.errors);
  }

  /** Resolves at the line `ready`. @throws Error with what was printed when it ends before. */
  async ready(): Promise<this> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.lines.includes("ready")) resolve();
    this.#process.stdout?.on("data", () => setImmediate(() => this.lines.includes("ready") && resolve()));
    const end = await Promise.race([promise, this.ended]);
    if (end !== undefined)
      throw new Error(`ended (${end}) before it was ready:\n${[...this.lines, ...this.errors].join("\n")}`);
    return this;
  }

  /** The address that is printed beside the name. */
  address(name: string): string {
    const line = this.lines.find((text) => text.trim().startsWith(name));
    return /https?:\/\/[^\s/]+/.exec(line ?? "")?.[0] ?? `no address of ${name}`;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** As Ctrl-C does: a signal to every process of the group. */
  async pressCtrlC(): Promise<number | string> {
    process.kill(-this.pid, "SIGINT");
    return this.ended;
  }

  /** Kills the one process that was started, which can do nothing about it. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await once(this.#process, "exit");
  }
}

/** The environment without what the test run itself has set. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_|TEST$|DEV$|PROD$|MODE$|npm_|CARAVELA_|SIBS_|DATABASE_URL)/.test(name),
  );
  return Object.fromEntries(kept);
}

function collect(stream: NodeJS.ReadableStream | null, lines: string[]): void {
  if (stream !== null) createInterface({ input: stream }).on("line", (line) => lines.push(line));
}
