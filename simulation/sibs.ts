import { chanceFrom } from "@caravela/platform/chance";
import { createLog } from "@caravela/platform/log";
import { assemble } from "../packages/gateway/src/assemble.ts";
import type { Dice } from "./dice.ts";
import { served, type WireAnswer, type WireRequest } from "./network.ts";
import type { Answer } from "./people/town.ts";
import { LOOK_SELDOM_MS, type SimulatedTerminal } from "./server.ts";
import type { MemoryDatabase } from "./store/database.ts";
import { MemoryPool } from "./store/pool.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** SIBS, with phones, ATMs and issuers behind it: the gateway's own code, which nothing goes wrong with inside. */
export interface Sibs {
  serve(request: WireRequest): Promise<WireAnswer>;
  sandbox(method: string, path: string, body?: object): Promise<Answer>;
  /** The run's terminal, whose notifications go to an address. */
  terminal(webhook: string): Promise<SimulatedTerminal>;
}

/** How a notification is posted. */
type Post = Parameters<typeof assemble>[0]["post"];

/** Starts SIBS on a database that has its schema. */
export async function startSibs(time: VirtualTime, database: MemoryDatabase, dice: Dice, post: Post): Promise<Sibs> {
  const pool = new MemoryPool(database, ({ run }) => run(), { schema: "sibs_gateway", max: 1_000 });
  const bytes = (n: number) => Uint8Array.from({ length: n }, () => dice.between(0, 255));
  const { http, start } = await assemble({
    pool,
    systemClock: { now: () => new Date(time.now) },
    chance: chanceFrom(bytes, () => time.now),
    log: createLog({ name: "gateway", level: "silent" }),
    post,
    clockFollowers: [],
    host: "127.0.0.1",
    lookAtLatestMs: LOOK_SELDOM_MS,
  });
  await http.ready();
  start();
  // only what it is asked for makes anything due: it looks then, and not each second
  const serve = async (request: WireRequest) => {
    const answer = await served(http, request);
    time.outside(start);
    return answer;
  };
  const sandbox = async (method: string, path: string, body?: object): Promise<Answer> => {
    const headers = { host: "127.0.0.1", ...(body !== undefined && { "content-type": "application/json" }) };
    const answer = await serve({ method, path: `/sandbox${path}`, headers, body: JSON.stringify(body) });
    return { status: answer.status, body: answer.body === "" ? null : JSON.parse(answer.body) };
  };
  return {
    serve,
    sandbox,
    terminal: async (webhook) => {
      const { terminals } = (await sandbox("GET", "/terminals")).body;
      const secret = Buffer.from(bytes(32)).toString("base64");
      const { terminalId } = terminals[0];
      const { body } = await sandbox("PUT", `/terminals/${terminalId}`, { webhook: { url: webhook, secret } });
      const { clientId, token, entity } = body;
      return { terminalId, clientId, token, entity, webhookSecret: secret };
    },
  };
}
