import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A process of this machine. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes whose command line has the words. */
export function processesLike(words: string): RunningProcess[] {
  return allProcesses().filter(({ command }) => command.includes(words));
}

/** The processes that one started, and those that these started. */
export function descendantsOf(pid: number): RunningProcess[] {
  const all = allProcesses();
  const below = (parent: number): RunningProcess[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

/** Those of them that have not ended. */
export function stillRunning(processes: readonly RunningProcess[]): RunningProcess[] {
  const running = new Set(allProcesses().map(({ pid }) => pid));
  return processes.filter(({ pid }) => running.has(pid));
}

/** From /proc where there is one (a bare Debian has no `ps`). */
function allProcesses(): RunningProcess[] {
  if (existsSync("/proc/self/stat"))
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap(fromProc);
  const lines = execFileSync("ps", ["-axo", "pid=,ppid=,command="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

function fromProc(name: string): RunningProcess[] {
  try {
    const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
    const parent = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1]);
    return command === "" ? [] : [{ pid: Number(name), parent, command }];
  } catch {
    return []; // it has just ended
  }
}
