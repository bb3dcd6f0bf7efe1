import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@caravela/development/embedded";
import { runningOn } from "@caravela/development/postmaster";
import { descendantsOf, stillRunning } from "../../tests/support/processes.ts";
import { until } from "../../tests/support/until.ts";

/** A PostgreSQL of our own that can be hurt. */
export interface HurtPostgres {
  /** How its database is reached, by nobody's line. */
  readonly url: string;
  /** Its port at this moment: another start may give it another. */
  port(): number;
  /** Starts it, or takes it over where it runs and is ours no longer. */
  start(): Promise<void>;
  /** Ends the postmaster as `kill -9` does; resolves when its sessions have noticed, too. */
  kill(): Promise<void>;
  /** Ends one of its sessions so: it takes all others down, and recovers. */
  killSession(dice: number): void;
  /** Ends it in order: sessions are cut, and what is committed is on the disk. */
  shutDown(): Promise<void>;
  /** All its processes stand still, and nobody is told. */
  freeze(): void;
  thaw(): void;
  isRunning(): boolean;
}

/** Starts a PostgreSQL in a folder. @param connections how many sessions it takes at once */
export async function startPostgres(dataFolder: string, connections: number): Promise<HurtPostgres> {
  const cluster = join(dataFolder, "postgres");
  let running!: EmbeddedPostgres;
  /** Whether we hold it: its owner's session ends with whatever ends all sessions. */
  let isOurs = false;
  const own = async (): Promise<void> => {
    const owned = await startEmbeddedPostgres({ dataFolder, connections });
    running = owned;
    isOurs = true;
    void owned.ended.then(() => {
      isOurs &&= running !== owned;
    });
  };
  await own();
  let frozen: readonly number[] = [];
  const pid = (): number => runningOn(cluster)?.pid ?? 0;
  const signal = (to: number, name: NodeJS.Signals): void => {
    try {
      process.kill(to, name);
    } catch {
      // it has just ended
    }
  };
  return {
    get url() {
      return running.url;
    },
    port: () => Number(new URL(running.url).port),
    start: async () => {
      if (!isOurs) await own();
    },
    kill: async () => {
      const postmaster = pid();
      const sessions = descendantsOf(postmaster);
      signal(postmaster, "SIGKILL");
      await until(() => stillRunning(sessions).length === 0);
    },
    killSession: (dice) => {
      const sessions = descendantsOf(pid()).filter(({ command }) => command.startsWith("postgres: caravela caravela "));
      const one = sessions[Math.floor(dice * sessions.length)];
      if (one !== undefined) signal(one.pid, "SIGKILL");
    },
    shutDown: () => running.stop(),
    freeze: () => {
      const postmaster = pid();
      frozen = [postmaster, ...descendantsOf(postmaster).map((one) => one.pid)];
      for (const one of frozen) signal(one, "SIGSTOP");
    },
    thaw: () => {
      for (const one of frozen) signal(one, "SIGCONT");
      frozen = [];
    },
    isRunning: () => runningOn(cluster)?.ready === true,
  };
}
