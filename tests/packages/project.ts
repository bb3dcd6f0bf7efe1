import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** A user's own folder, in which packages are installed and programs run. */
export class Project {
  readonly folder: string;
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(folder: string, env: Readonly<Record<string, string>>) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755); // PostgreSQL's user must be able to enter, where the test is root's
    this.folder = folder;
    const { PATH, HOME, TMPDIR } = process.env;
    this.#env = { PATH, HOME, TMPDIR, ...env };
  }

  /** Writes files, and installs packages by name. */
  async install(packages: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<void> {
    if (!existsSync(join(this.folder, "package.json"))) this.write({ "package.json": '{ "private": true }' });
    this.write(files);
    const { code, says } = await this.run("npm", ["install", ...packages]);
    if (code !== 0) throw new Error(says);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
  }

  /** Runs a program to its end: its exit code, and all that it said. */
  run(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ code: number; says: string }> {
    const options = { cwd: this.folder, env: { ...this.#env, ...env }, timeout: 240_000, maxBuffer: 1 << 26 };
    return new Promise((resolve) => {
      execFile(command, args, options, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), says: `${stdout}${stderr}` }),
      );
    });
  }

  /**
   * Starts a program that runs until it is ended, and resolves with the first line of its output that is sought; at
   * once where none is.
   */
  async start(
    command: string,
    args: readonly string[],
    sought: RegExp | null,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Started> {
    const child = spawn(command, args, {
      cwd: this.folder,
      env: { ...this.#env, ...env },
      stdio: ["pipe", "pipe", "pipe"], // a gateway of a test ends when its input does
      detached: true, // a group of its own, which npx and what it started are ended as
    });
    const said: string[] = [];
    child.stderr.on("data", (text) => said.push(String(text)));
    if (sought === null) return new Started(child, "", said);
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      if (sought.test(line)) return new Started(child, line, said);
    }
    throw new Error(`${command} ${args.join(" ")} ended without saying ${sought}:\n${said.join("\n")}`);
  }
}

/** A program that runs. */
export class Started {
  readonly line: string;
  readonly said: readonly string[];
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, line: string, said: readonly string[]) {
    this.line = line;
    this.said = said;
    this.#child = child;
    child.stdout?.resume();
  }

  /** Asks it to end as Ctrl-C does, and waits until it has. */
  async end(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    process.kill(-pid, "SIGINT");
    await ended;
  }
}
