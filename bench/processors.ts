import { readFileSync } from "node:fs";
import pg from "pg";

/** What the kernel counts processor time in. */
const TICK_MS = 10;

/** Processor time of each program, in milliseconds since it began; `postgres of …`: of the sessions of a program. */
export type Spent = Readonly<Record<string, number>>;

/** What PostgreSQL has done since it began. */
interface Written {
  readonly transactions: number;
  readonly walBytes: number;
  /** What the database takes on the disk, tables and indexes. */
  readonly storedBytes: number;
}

/** What programs and PostgreSQL had spent at one moment. */
export interface Snapshot {
  readonly processes: ReadonlyMap<number, { readonly name: string; readonly ms: number }>;
  readonly written: Written;
}

/** What was spent between two moments, for each of so many pieces of work. */
export interface Cost {
  /** In milliseconds of one core, by program. */
  readonly cpuMs: Spent;
  readonly transactions: number;
  readonly walBytes: number;
  readonly storedBytes: number;
}

/**
 * Counts what programs, named by their process, and a PostgreSQL spend. On Linux; elsewhere there is nothing to count
 * by.
 */
export class Processors {
  readonly #programs: () => Readonly<Record<string, number>>;
  readonly #connection: pg.Client;

  constructor(databaseUrl: string, programs: () => Readonly<Record<string, number>>) {
    this.#programs = programs;
    this.#connection = new pg.Client({ connectionString: databaseUrl, application_name: "bench" });
  }

  async open(): Promise<void> {
    await this.#connection.connect();
  }

  /** What each program holds in memory, in bytes; on Linux. */
  memory(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.#programs()).map(([name, pid]) => [name, residentBytes(pid)]));
  }

  close(): Promise<void> {
    return this.#connection.end();
  }

  /** PostgreSQL's sessions tell of what they did within a second. */
  async snapshot(): Promise<Snapshot> {
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const { rows: sessions } = await this.#connection.query<{ pid: number; name: string }>(
      "select pid, coalesce(nullif(application_name, ''), backend_type) as name from pg_stat_activity where application_name <> 'bench'",
    );
    const named = [
      ...Object.entries(this.#programs()).map(([name, pid]) => ({ pid, name })),
      ...sessions.map(({ pid, name }) => ({ pid, name: `postgres of ${name}` })),
    ];
    const processes = new Map(named.map(({ pid, name }) => [pid, { name, ms: spentBy(pid) }]));
    const { rows } = await this.#connection.query<{ transactions: string; wal: string; stored: string }>(
      `select xact_commit as transactions, (select wal_bytes from pg_stat_wal) as wal, pg_database_size(datname) as stored
         from pg_stat_database where datname = current_database()`,
    );
    const [written] = rows;
    return {
      processes,
      written: {
        transactions: Number(written?.transactions),
        walBytes: Number(written?.wal),
        storedBytes: Number(written?.stored),
      },
    };
  }
}

/** What each of `count` pieces of work cost between two moments. */
export function costOf(count: number, before: Snapshot, after: Snapshot): Cost {
  const cpuMs: Record<string, number> = {};
  for (const [pid, { name, ms }] of after.processes) {
    cpuMs[name] = (cpuMs[name] ?? 0) + (ms - (before.processes.get(pid)?.ms ?? 0)) / count;
  }
  return {
    cpuMs,
    transactions: (after.written.transactions - before.written.transactions) / count,
    walBytes: (after.written.walBytes - before.written.walBytes) / count,
    storedBytes: (after.written.storedBytes - before.written.storedBytes) / count,
  };
}

/** The processor time of a process, in milliseconds; 0 where it has ended. */
function spentBy(pid: number): number {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
      .slice(11, 13);
    return (Number(user) + Number(system)) * TICK_MS;
  } catch {
    return 0;
  }
}

/** What a process holds in memory, in bytes; 0 where nobody says. */
function residentBytes(pid: number): number {
  try {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kib ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
