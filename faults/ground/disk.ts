import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A folder on a file system of its own, which is small enough to be filled. */
export interface SmallDisk {
  /** Fills it to the last block, whoever else writes there. */
  fill(): void;
  /** Makes room again. */
  empty(): void;
  /** Takes it away, with what is on it. */
  remove(): void;
}

const BALLAST = "ballast";
const PIECE = Buffer.alloc(1024 * 1024);

/**
 * Makes a folder a small disk. Null: this machine does not let us (it takes root, and may take more in a container).
 */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  mkdirSync(folder, { recursive: true });
  const how = ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", folder];
  if (process.platform !== "linux" || spawnSync("mount", how, { stdio: "ignore" }).status !== 0) return null;
  const ballast = join(folder, BALLAST);
  return {
    fill: () => {
      const file = openSync(ballast, "a");
      try {
        for (let size = PIECE.length; size >= 512; size = Math.floor(size / 2)) fillBy(file, size);
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    remove: () => unmount(folder),
  };
}

/** Takes a small disk away, also one that another process has left. */
export function unmount(folder: string): void {
  spawnSync("umount", ["-l", folder], { stdio: "ignore" });
}

function fillBy(file: number, size: number): void {
  try {
    for (;;) writeSync(file, PIECE, 0, size);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}
