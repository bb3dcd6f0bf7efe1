import { fstatSync, write, writeSync } from "node:fs";
import { after, pause } from "./timer.ts";

/** So much may wait for a reader that is slow, in characters; what comes beyond is dropped. */
const MOST_WAITING = 1_000_000;
const AGAIN_AFTER_MS = 50;

let dropped = 0;

/** How many lines of log this process could not write: its disk is full, or nobody reads. */
export function linesDropped(): number {
  return dropped;
}

/** Where lines of log go. */
export interface Lines {
  write(line: string): void;
}

/** The same destination, whose faults concern nobody: a line that it does not take is dropped and counted. */
export function forgiving(destination: Lines): Lines {
  return {
    write: (line) => {
      try {
        destination.write(line);
      } catch {
        dropped++;
      }
    },
  };
}

/**
 * Writes lines to an open file, pipe or terminal. What cannot be written (a full disk, a pipe that nobody holds any
 * more, a reader who stands still) is dropped and counted: a program must not fail for its log, nor wait for it.
 */
export function linesTo(fd: number): Lines {
  // a file takes a line at once or not at all; whatever else there is may keep a writer waiting
  if (isFile(fd)) return forgiving({ write: (line) => writeWhole(fd, Buffer.from(line)) });
  const queue = queues.get(fd) ?? new Queue(fd);
  queues.set(fd, queue);
  return queue;
}

/**
 * Resolves when all lines are written or dropped; a reader who stands still is waited for no longer than that, in
 * milliseconds.
 */
export async function linesWritten(limitMs = 1_000): Promise<void> {
  const last = performance.now() + limitMs;
  while ([...queues.values()].some((queue) => queue.isBusy) && performance.now() < last) await pause(5);
}

/** Whoever writes to the same place waits in the same line. */
const queues = new Map<number, Queue>();

class Queue implements Lines {
  readonly #fd: number;
  #waiting: string[] = [];
  #size = 0;
  #isWriting = false;

  constructor(fd: number) {
    this.#fd = fd;
    process.on("exit", () => this.#writeRest());
  }

  get isBusy(): boolean {
    return this.#isWriting;
  }

  write(line: string): void {
    if (this.#size + line.length > MOST_WAITING) {
      dropped++;
      return;
    }
    this.#waiting.push(line);
    this.#size += line.length;
    if (!this.#isWriting) this.#next();
  }

  #next(): void {
    const lines = this.#take();
    if (lines.length > 0) this.#write(Buffer.from(lines.join("")), lines.length);
  }

  #take(): string[] {
    this.#size = 0;
    return this.#waiting.splice(0);
  }

  #write(bytes: Buffer, lines: number): void {
    this.#isWriting = true;
    write(this.#fd, bytes, (error, written) => {
      const rest = bytes.subarray(error === null ? written : 0);
      if (error?.code === "EAGAIN") return void after(AGAIN_AFTER_MS, () => this.#write(bytes, lines));
      if (error === null && rest.length > 0) return this.#write(rest, lines);
      if (error !== null) dropped += lines;
      this.#isWriting = false;
      this.#next();
    });
  }

  /** Of a reader who stands still nothing is waited for. */
  #writeRest(): void {
    if (this.#isWriting) return;
    forgiving({ write: (line) => writeWhole(this.#fd, Buffer.from(line)) }).write(this.#take().join(""));
  }
}

function writeWhole(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false; // closed: each line will be dropped
  }
}
