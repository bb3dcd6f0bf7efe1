import type { Dice } from "../dice.ts";
import { strangeHeaders, strangeMethod, strangeQuery, strangeTarget } from "../inputs/heads.ts";
import { type Known, spoil, spoilBytes } from "../inputs/spoil.ts";
import { type Tree, written } from "../inputs/tree.ts";
import type { Values } from "../inputs/values.ts";
import { type Asked, type Input, spelled } from "../request.ts";
import { HOST } from "../world/programs.ts";
import type { Things } from "../world/things.ts";

/** What inputs of a batch are made of. */
export interface Makings {
  readonly dice: Dice;
  readonly values: Values;
  readonly things: Things;
}

/** Makes the inputs of one batch for one of the surfaces. */
export interface Surface {
  /** @param label names the input: what the programs make by it has identifiers of that name */
  next(label: string): Input;
}

/** A call as it should be, whose body is not written down yet. */
export interface Whole {
  readonly asked: Asked;
  /** What is sent; null: nothing. */
  readonly body: Tree | null;
  /** How a body is written; as JSON unless it says. */
  readonly write?: (body: Tree) => Buffer;
  readonly known?: Known | null;
  /** The names of what its query may hold. */
  readonly parameters?: readonly string[];
}

/** How often a call is sent as it is, or spoilt in which part of it. */
export interface Shares {
  readonly asItIs: number;
  readonly body: number;
  readonly query: number;
  readonly heads: number;
  readonly target: number;
  readonly bytes: number;
}

const USUAL: Shares = { asItIs: 30, body: 40, query: 8, heads: 8, target: 6, bytes: 6 };

/** A call as it is, or spoilt somewhere. */
export function inputOf(whole: Whole, makings: Makings, shares: Partial<Shares> = {}): Input {
  const { dice, values } = makings;
  const all = { ...USUAL, ...shares };
  const { body, known = null, parameters = [] } = whole;
  const plain = () => withBody(whole, body);
  const ways: readonly (readonly [number, () => Input])[] = [
    [all.asItIs, () => wholeInput(plain())],
    [body === null ? 0 : all.body, () => wholeInput(spoiltBody(whole, makings, known))],
    [all.query, () => wholeInput(strangeQuery(plain(), parameters, dice, values))],
    [all.heads, () => wholeInput(strangeHeaders(plain(), dice, values))],
    [
      all.target,
      () => wholeInput(dice.happens(0.35) ? strangeMethod(plain(), dice) : strangeTarget(plain(), dice, values)),
    ],
    [body === null ? 0 : all.bytes, () => wholeInput(spoiltBytes(plain(), makings))],
  ];
  return dice.weighed(ways)();
}

/** A request that is whole, whatever stands in it. */
export function wholeInput(asked: Asked): Input {
  return { asked, bytes: spelled(asked, HOST), isMangled: false };
}

function withBody({ asked, write = asJson }: Whole, body: Tree | null): Asked {
  return body === null ? asked : { ...asked, body: write(body) };
}

function asJson(body: Tree): Buffer {
  return Buffer.from(written(body), "utf8");
}

function spoiltBody(whole: Whole, makings: Makings, known: Known | null): Asked {
  const { tree, story } = spoil(whole.body as Tree, makings, known);
  const asked = withBody(whole, tree);
  return { ...asked, story: `${asked.story}, ${story}` };
}

function spoiltBytes(asked: Asked, { dice, things }: Makings): Asked {
  const other = Buffer.from(dice.pick(things.recorded).body ?? "{}");
  const { bytes, story } = spoilBytes(asked.body ?? Buffer.alloc(0), other, dice);
  return { ...asked, body: bytes, story: `${asked.story}, body with ${story}` };
}

/** The bytes of a request that are not one any more: none, half of one, or two. */
export function mangled({ asked }: Input, { dice, things }: Makings): Input {
  const closing = { ...asked, headers: [...asked.headers, ["connection", "close"] as const] };
  const other = spelled({ ...asked, ...dice.pick(things.recorded), body: null }, HOST);
  const { bytes, story } = spoilBytes(spelled(closing, HOST), other, dice);
  return { asked: { ...asked, story: `${asked.story}, request with ${story}` }, bytes, isMangled: true };
}
