import type { Dice } from "../dice.ts";
import { edgesOf, type Schema, type Schemas } from "./schema.ts";
import { copyOf, type Place, placesIn, type Tree, written } from "./tree.ts";
import type { Values } from "./values.ts";

/** What bodies are spoilt with. */
export interface Means {
  readonly dice: Dice;
  readonly values: Values;
}

/** What is known of how a body should be. */
export interface Known {
  readonly schemas: Schemas;
  readonly schema: Schema;
}

/** A body that is not as it was. */
export interface Spoilt {
  readonly tree: Tree;
  /** What was done to it, in words. */
  readonly story: string;
}

type Way = (place: Place, root: Tree, means: Means) => string;

const put =
  (what: string, value: (place: Place, means: Means) => Tree): Way =>
  (place, _root, means) => {
    place.put(value(place, means));
    return what;
  };

/** Ways to spoil what stands at a place. */
const WAYS: readonly (readonly [weight: number, Way])[] = [
  [6, put("anything", (_place, { values }) => values.any())],
  [3, put("null", () => ({ raw: "null" }))],
  [3, put("a number", (_place, { values }) => values.number())],
  [3, put("a text", (_place, { values }) => ({ text: values.text() }))],
  [2, put("in a list", ({ value }) => ({ list: [value] }))],
  [1, put("in an object", ({ value }, { values }) => ({ members: [[values.name(), value]] }))],
  [2, put("of another type", otherType)],
  [2, put("one more or less", oneMore)],
  [
    2,
    put("with something around it", ({ value }, { dice, values }) =>
      around(value, dice.pick([values.text(), " ", "\0"]), dice),
    ),
  ],
  [3, leftOut],
  [2, doubled],
  [2, another],
];

/** Spoils a body in one to three places. */
export function spoil(body: Tree, means: Means, known: Known | null): Spoilt {
  const root: { list: Tree[] } = { list: [copyOf(body)] };
  const stories: string[] = [];
  for (
    let times = means.dice.weighed([
      [6, 1],
      [2, 2],
      [1, 3],
    ] as const);
    times > 0;
    times -= 1
  ) {
    const places = placesIn(root);
    if (places.length === 0) break;
    const place = means.dice.happens(0.06) ? places[0] : means.dice.pick(places);
    if (place !== undefined) stories.push(spoilAt(place, root, means, known));
  }
  return { tree: root.list[0] ?? { raw: "" }, story: stories.join(", ") };
}

function spoilAt(place: Place, root: Tree, means: Means, known: Known | null): string {
  const path = place.path.slice(1);
  const at = ` at /${path.join("/")}`;
  const edges =
    known === null ? [] : known.schemas.along(known.schema, path).flatMap((one) => edgesOf(known.schemas, one, means));
  if (edges.length > 0 && means.dice.happens(0.4)) {
    place.put(means.dice.pick(edges));
    return `a bound${at}`;
  }
  if ("members" in place.value && means.dice.happens(0.4)) {
    place.value.members.push([means.values.name(), means.values.any()]);
    return `a member more${at}`;
  }
  return means.dice.weighed(WAYS)(place, root, means) + at;
}

function leftOut(place: Place): string {
  place.remove();
  return "left out";
}

function otherType({ value }: Place): Tree {
  if ("text" in value) return { raw: /^-?\d+(\.\d+)?$/.test(value.text) ? value.text : "1" };
  return { text: written(value) };
}

function oneMore({ value }: Place, { dice }: Means): Tree {
  const step = dice.pick([1, -1]);
  if ("raw" in value) return { raw: String(Number(value.raw) + step) };
  if ("text" in value) return { text: step > 0 ? `${value.text}x` : value.text.slice(1) };
  return value;
}

function around(value: Tree, text: string, dice: Dice): Tree {
  if (!("text" in value)) return value;
  return { text: dice.pick([`${text}${value.text}`, `${value.text}${text}`, `${text}${value.text}${text}`]) };
}

/** The member that stands there stands once more, as it is or otherwise. */
function doubled({ path, value }: Place, root: Tree, { dice, values }: Means): string {
  const parent = placesIn(root).find(({ path: other }) => other.join() === path.slice(0, -1).join())?.value;
  if (parent !== undefined && "members" in parent) {
    parent.members.push([String(path.at(-1)), dice.happens(0.5) ? value : values.any()]);
  }
  return "twice";
}

/** What stands elsewhere stands there, too. */
function another(place: Place, root: Tree, { dice }: Means): string {
  place.put(copyOf(dice.pick(placesIn(root)).value));
  return "what stands elsewhere";
}

/** Spoils bytes: some are flipped, cut off, doubled, or taken from others. */
export function spoilBytes(bytes: Buffer, other: Buffer, dice: Dice): { bytes: Buffer; story: string } {
  const at = dice.between(0, Math.max(0, bytes.length - 1));
  const to = dice.between(at, bytes.length);
  return dice.pick([
    () => {
      const flipped = Buffer.from(bytes);
      for (let times = dice.between(1, 8); times > 0 && flipped.length > 0; times -= 1) {
        const place = dice.between(0, flipped.length - 1);
        flipped[place] = (flipped[place] ?? 0) ^ (1 << dice.between(0, 7));
      }
      return { bytes: flipped, story: "bits flipped" };
    },
    () => ({ bytes: bytes.subarray(0, at), story: "cut off" }),
    () => ({ bytes: Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]), story: "a piece lost" }),
    () => ({ bytes: Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]), story: "a piece doubled" }),
    () => ({
      bytes: Buffer.concat([bytes.subarray(0, at), other.subarray(Math.min(at, other.length))]),
      story: "spliced",
    }),
    () => ({
      bytes: Buffer.concat([bytes.subarray(0, at), dice.bytes(dice.between(1, 16)), bytes.subarray(at)]),
      story: "bytes put in",
    }),
  ])();
}
