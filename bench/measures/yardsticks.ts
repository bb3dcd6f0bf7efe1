import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import pg from "pg";
import type { Extent } from "../extent.ts";
import { inFlight, type Load } from "../load.ts";
import { Wire } from "../wire.ts";

const WIDTH = 32;

/** HTTP answers of the bare framework a second. */
export async function bareAnswers({ seconds }: Extent): Promise<Load> {
  const child = fork(join(import.meta.dirname, "..", "bare-http.ts"));
  try {
    const [{ url }] = (await once(child, "message")) as [{ url: string }];
    const wire = new Wire(url);
    const order = JSON.stringify({ amount: 550, currency: "EUR", reference: "order-17" });
    const answer = async () => void (await wire.send("POST", "/", order));
    await inFlight(WIDTH, { count: 2_000, seconds }, answer);
    const load = await inFlight(WIDTH, { count: 200_000, seconds }, answer);
    wire.close();
    return load;
  } finally {
    child.disconnect();
  }
}

/** Durable commits of one small row a second, through the driver, over so many connections. */
export async function bareCommits(databaseUrl: string, connections: number, { seconds }: Extent): Promise<Load> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
  try {
    await pool.query(
      "create table if not exists bench_row (id bigint generated always as identity, body text not null)",
    );
    const insert = { name: "insert", text: "insert into bench_row (body) values ($1)", values: ["x".repeat(100)] };
    await Promise.all(Array.from({ length: connections }, () => pool.query(insert)));
    return await inFlight(connections, { count: 100_000, seconds }, async () => void (await pool.query(insert)));
  } finally {
    await pool.end();
  }
}
