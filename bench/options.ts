import { parseArgs } from "node:util";
import { type Extent, QUICK, WHOLE } from "./extent.ts";

/** What `npm run bench` was asked for. */
export interface Options {
  readonly extent: Extent;
  /** Where the figures are written; null: nowhere. */
  readonly file: string | null;
  /** How many payments are stored before anything is measured. */
  readonly stored: number;
  /** Whether the whole table is measured again and again with more and more stored; how often, and with how many. */
  readonly flat: { readonly rounds: number; readonly most: number | null } | null;
  /** How many plans are charged at once beside customers; 0: that is not measured. */
  readonly plans: number;
  /** Whether two servers are measured against one. */
  readonly twoServers: boolean;
  /** After how many payments it is looked what server and gateway hold in memory; 0: that is not measured. */
  readonly memory: number;
}

const KNOWN = {
  quick: { type: "boolean", default: false },
  json: { type: "string" },
  stored: { type: "string", default: "0" },
  flat: { type: "boolean", default: false },
  rounds: { type: "string", default: "5" },
  most: { type: "string" },
  plans: { type: "string", default: "0" },
  servers: { type: "string", default: "1" },
  memory: { type: "string", default: "0" },
} as const;

/** Reads what follows `npm run bench --`. @throws Error that says what was not understood */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({ args: [...words], options: KNOWN, strict: true });
  return {
    extent: values.quick ? QUICK : WHOLE,
    file: values.json ?? null,
    stored: whole("stored", values.stored),
    flat: values.flat
      ? { rounds: whole("rounds", values.rounds), most: values.most === undefined ? null : whole("most", values.most) }
      : null,
    plans: whole("plans", values.plans),
    twoServers: twoOf(values.servers),
    memory: whole("memory", values.memory),
  };
}

function twoOf(servers: string): boolean {
  if (servers !== "1" && servers !== "2") throw new Error(`--servers is 1 or 2, not ${servers}`);
  return servers === "2";
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a number of at most nine digits, not ${text}`);
  return Number(text);
}
