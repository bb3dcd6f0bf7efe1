import { pause } from "@caravela/platform/timer";
import pg from "pg";
import type { Ground } from "../ground/ground.ts";
import type { Injury, Kind } from "./injury.ts";

const DOWN_MS = [200, 2_000] as const;
const FROZEN_MS = [500, 8_000] as const;
/** Some longer than a statement may take: PostgreSQL then gives up what waits. */
const LOCKED_MS = [500, 7_000] as const;
const TAKEN_MS = [1_000, 5_000] as const;
const FULL_MS = [500, 3_000] as const;
/** How many rows of what is under way somebody else holds at once. */
const ROWS = 300;
/** What somebody's backup, or their `vacuum full`, may hold. */
const TABLES = ["payment", "fact", "delivery", "notification", "event", "idempotency"] as const;

const touches = ["PostgreSQL"];

export const databaseKilled: Kind = ({ postgres }, dice) => ({
  where: "PostgreSQL",
  touches,
  lastsMs: dice.between(...DOWN_MS),
  begin: () => postgres.kill(),
  end: () => postgres.start(),
});

/** It is ended in order, as for an update: every session is cut at once. */
export const databaseShutDown: Kind = ({ postgres }, dice) => ({
  where: "PostgreSQL",
  touches,
  lastsMs: dice.between(...DOWN_MS),
  begin: () => postgres.shutDown(),
  end: () => postgres.start(),
});

/** One session dies, as by the kernel when memory is short: PostgreSQL ends all others, and recovers. */
export const sessionKilled: Kind = ({ postgres }, dice) => {
  const which = dice.between(0, 999) / 1000;
  return {
    where: "a session of PostgreSQL",
    touches,
    lastsMs: 0,
    begin: async () => postgres.killSession(which),
    end: () => postgres.start(),
  };
};

export const databaseFrozen: Kind = ({ postgres }, dice) => ({
  where: "PostgreSQL",
  touches,
  lastsMs: dice.between(...FROZEN_MS),
  begin: async () => postgres.freeze(),
  end: async () => postgres.thaw(),
});

/** Somebody ends sessions of our programs by hand, a few times in a row. */
export const sessionsTerminated: Kind = (ground, dice) => {
  const end = () => administer(ground, TERMINATE).catch(() => undefined);
  return { where: "sessions", touches: ["sessions"], lastsMs: dice.between(100, 1_500), begin: end, end };
};

/** Others have taken every session that there is, and our programs have lost theirs. */
export const sessionsTaken: Kind = (ground, dice) => {
  const taken: pg.Client[] = [];
  let goesOn = true;
  const take = async (): Promise<boolean> => {
    const client = new pg.Client({ connectionString: ground.postgres.url, application_name: "somebody else" });
    client.on("error", () => undefined);
    const isTaken = await client.connect().then(
      () => true,
      () => false,
    );
    if (isTaken) taken.push(client);
    return isTaken;
  };
  let taking: Promise<void> = Promise.resolve();
  return {
    where: "PostgreSQL",
    touches,
    lastsMs: dice.between(...TAKEN_MS),
    begin: async () => {
      const administrator = await connect(ground);
      while (await take());
      await administrator.query(TERMINATE).catch(() => undefined);
      await administrator.end();
      taking = (async () => {
        while (goesOn) if (!(await take())) await pause(20);
      })();
    },
    end: async () => {
      goesOn = false;
      await taking;
      await Promise.all(taken.map((client) => client.end()));
    },
  };
};

/** There is no room left for anything that PostgreSQL writes: it may end over it. Null: its disk cannot be filled. */
export const diskFull: Kind = ({ postgres, disk }, dice) =>
  disk === null
    ? null
    : {
        where: "PostgreSQL's disk",
        touches,
        lastsMs: dice.between(...FULL_MS),
        begin: async () => disk.fill(),
        end: async () => {
          disk.empty();
          await postgres.start();
        },
      };

/** Somebody looks at what is under way in a transaction, and holds it. */
export const rowsLocked: Kind = (ground, dice) =>
  held(
    ground,
    "rows of payments",
    dice.between(...LOCKED_MS),
    `select 1 from caravela.payment where due_at is not null order by due_at limit ${ROWS} for update`,
  );

/** Somebody has a whole table to themselves. */
export const tableLocked: Kind = (ground, dice) => {
  const table = dice.pick(TABLES);
  const statement = `lock table caravela.${table} in access exclusive mode`;
  return held(ground, `table ${table}`, dice.between(...LOCKED_MS), statement);
};

function held(ground: Ground, where: string, lastsMs: number, statement: string): Injury {
  let holder: pg.Client | null = null;
  return {
    where,
    touches,
    lastsMs,
    begin: async () => {
      holder = await connect(ground);
      await holder.query("begin");
      await holder.query(statement);
    },
    end: async () => {
      await holder?.query("rollback");
      await holder?.end();
    },
  };
}

const TERMINATE = `select pg_terminate_backend(pid) from pg_stat_activity
                   where application_name in ('caravela', 'sibs_gateway') and pid <> pg_backend_pid()`;

async function administer(ground: Ground, statement: string): Promise<void> {
  const client = await connect(ground);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function connect({ postgres }: Ground): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: postgres.url, application_name: "somebody else" });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
