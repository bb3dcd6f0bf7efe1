import { parseArgs } from "node:util";
import type { Day } from "./inputs/values.ts";
import { KINDS, type Kind } from "./request.ts";

/** What `npm run fuzz` was asked for. */
export interface Options {
  readonly inputs: number;
  readonly seed: number;
  readonly day: Day;
  readonly kinds: readonly Kind[];
  /** One input that is to be seen again, with those before it in its batch; null: none. */
  readonly again: { readonly kind: Kind; readonly number: number } | null;
  readonly workers: number;
}

export const HELP = `npm run fuzz -- [--inputs N] [--seed S] [--only KIND] [--workers N]
npm run fuzz -- --seed S --day DAY --again KIND/NUMBER

Sends anything that anybody may send to server and gateway, and looks at what comes of it: no answer of 500 and
above, none that does not come, none that tells of the inside, of a secret or of a card, nothing changed by what
was refused, and what is answered is as the API's description has it.

  --inputs N     how many are sent (20000)
  --seed S       the same seed sends the same, byte for byte (a new one each time, which is printed)
  --only KIND    ${KINDS.join(", ")} (all of them)
  --workers N    so many processes at once (one for each processor)
  --day DAY      the day that all moments are reckoned from (today's), as 2026-12-31
  --again ONE    an input that was told of, as api/1234, with those of its batch before it

Exit 1 when anything was found.`;

const KNOWN = {
  inputs: { type: "string", default: "20000" },
  seed: { type: "string" },
  only: { type: "string" },
  workers: { type: "string" },
  day: { type: "string" },
  again: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** What is not given. */
export interface Defaults {
  readonly seed: number;
  readonly day: Day;
  readonly workers: number;
}

/** Reads what follows `npm run fuzz --`; null: help is asked for. @throws Error that says what was not understood */
export function readOptions(words: readonly string[], defaults: Defaults): Options | null {
  const { values } = parseArgs({ args: [...words], options: KNOWN, strict: true });
  if (values.help) return null;
  return {
    inputs: whole("inputs", values.inputs),
    seed: values.seed === undefined ? defaults.seed : whole("seed", values.seed),
    day: values.day === undefined ? defaults.day : dayOf(values.day),
    kinds: values.only === undefined ? KINDS : [kindOf(values.only)],
    again: values.again === undefined ? null : againOf(values.again),
    workers: values.workers === undefined ? defaults.workers : Math.max(1, whole("workers", values.workers)),
  };
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a number of at most nine digits, not ${text}`);
  return Number(text);
}

function kindOf(text: string): Kind {
  const kind = KINDS.find((one) => one === text);
  if (kind === undefined) throw new Error(`there is ${KINDS.join(", ")}, and not ${text}`);
  return kind;
}

function dayOf(text: string): Day {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new Error(`--day is as 2026-12-31, not ${text}`);
  return text;
}

function againOf(text: string): NonNullable<Options["again"]> {
  const [kind = "", number = ""] = text.split("/");
  return { kind: kindOf(kind), number: whole("again KIND/NUMBER", number) };
}
