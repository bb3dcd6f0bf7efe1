import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

/** What `npm run faults` was asked for. */
export interface Options {
  readonly payments: number;
  readonly injuries: number;
  readonly seed: number;
  /** After how many minutes it hurts nothing any more, and compares the books; null: when all is done. */
  readonly minutes: number | null;
  /** The only round to be played; null: all of them. */
  readonly round: number | null;
  /** Where the figures are written; null: nowhere. */
  readonly file: string | null;
  /** Whether it goes on behind the rounds that the file has. */
  readonly resumes: boolean;
  /** Where the programs' logs are kept; null: they go with the rest. */
  readonly logs: string | null;
  readonly help: boolean;
}

export const HELP = `npm run faults -- [--payments N] [--injuries N] [--seed S] [--minutes M] [--round K] [--json FILE [--resume]] [--logs FOLDER]

Two servers, a gateway and a PostgreSQL as processes, people who pay through them, and injuries to all of it;
at the end the books of SIBS, of the servers and of the shops are compared.

  --payments N   how many customers come (1000)
  --injuries N   how many injuries are done (25)
  --seed S       what the dice begin with; another each time unless it is given, and printed
  --minutes M    hurt nothing any more after so long, and compare the books
  --round K      play this one alone of the rounds that a long run is cut into
  --json FILE    write the figures there, after each round
  --resume       go on behind the rounds that FILE has
  --logs FOLDER  keep there what the programs log
  --help         say this`;

const KNOWN = {
  payments: { type: "string", default: "1000" },
  injuries: { type: "string", default: "25" },
  seed: { type: "string" },
  minutes: { type: "string" },
  round: { type: "string" },
  json: { type: "string" },
  resume: { type: "boolean", default: false },
  logs: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** The largest seed that is drawn: short enough to be typed. */
const SEEDS = 1_000_000;

/** Reads what follows `npm run faults --`. @throws Error that says what was not understood */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({ args: [...words], options: KNOWN, strict: true });
  const { json, resume, logs, help } = values;
  if (resume && json === undefined) throw new Error("--resume goes on behind the rounds of a file: name it by --json");
  const maybe = (name: "minutes" | "round") => (values[name] === undefined ? null : whole(name, values[name]));
  return {
    payments: whole("payments", values.payments),
    injuries: whole("injuries", values.injuries),
    seed: values.seed === undefined ? randomInt(1, SEEDS) : whole("seed", values.seed),
    minutes: maybe("minutes"),
    round: maybe("round"),
    file: json ?? null,
    resumes: resume,
    logs: logs ?? null,
    help,
  };
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a number of at most nine digits, not ${text}`);
  return Number(text);
}
