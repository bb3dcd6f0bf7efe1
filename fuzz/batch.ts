import { createHash } from "node:crypto";
import { Dice } from "./dice.ts";
import { type Day, Values } from "./inputs/values.ts";
import type { Outcome } from "./judge.ts";
import type { Input, Kind } from "./request.ts";
import { Sender } from "./sender.ts";
import { shrink } from "./shrink.ts";
import { openSurface } from "./surfaces/open.ts";
import type { World, Worlds } from "./world/world.ts";

/** So many inputs are sent into one world. */
export const BATCH = 5_000;

/** Some inputs that are sent one after the other into a world of their own. */
export interface Batch {
  readonly seed: number;
  readonly day: Day;
  readonly kind: Kind;
  /** The number of its first input, counted from 0; whole batches before it. */
  readonly from: number;
  readonly inputs: number;
}

/** An input that came to something that it should not have. */
export interface Violation {
  readonly kind: Kind;
  readonly number: number;
  readonly faults: readonly string[];
  readonly input: Input;
  readonly outcome: Outcome;
}

/** What came of a batch. */
export interface Sent {
  readonly batch: Batch;
  readonly violations: readonly Violation[];
  /** Of all inputs, byte for byte. */
  readonly digest: string;
  /** How many were answered by which status; 0: by none. */
  readonly statuses: Readonly<Record<number, number>>;
  readonly slowestMs: number;
  /** What must not be printed. */
  readonly secrets: readonly string[];
}

/** Is told how many were sent since it was told last. */
export type Progress = (inputs: number) => void;

/** So many are sent before somebody is told. */
const TOLD_EACH = 100;

/** So many violations of one batch are told; where there are more, something is wrong with all. */
const MOST_TOLD = 20;

const NONE: Outcome = { heard: { none: "closed", took: 0 }, changes: [], lines: [] };

/** Sends a batch, judges all that comes of it, and makes what did what it should not as small as it can be. */
export async function sendBatch(worlds: Worlds, batch: Batch, progress: Progress = () => undefined): Promise<Sent> {
  const sent = await inWorld(worlds, (world) => sendInto(world, batch, progress));
  const violations: Violation[] = [];
  const known = new Set<string>();
  for (const violation of sent.violations) {
    const isNew = !known.has(faultOf(violation.faults));
    known.add(faultOf(violation.faults));
    violations.push(isNew ? await inWorld(worlds, (world) => shrunk(world, violation)) : violation);
  }
  return { ...sent, violations };
}

async function inWorld<T>(worlds: Worlds, act: (world: World) => Promise<T>): Promise<T> {
  const world = await worlds.open();
  try {
    return await act(world);
  } finally {
    await world.close();
  }
}

async function sendInto(world: World, batch: Batch, progress: Progress): Promise<Sent> {
  const { seed, kind, day, from, inputs } = batch;
  const dice = new Dice(seed, kind, from);
  const surface = await openSurface(kind, world, { dice, values: new Values(dice, day), things: world.things });
  const sender = await Sender.into(world);
  const digest = createHash("sha256");
  const statuses: Record<number, number> = {};
  const violations: Violation[] = [];
  let slowestMs = 0;
  for (let number = from; number < from + inputs && violations.length < MOST_TOLD; number += 1) {
    const label = `${kind}/${number}`;
    const input = surface.next(label);
    digest.update(input.bytes);
    const { outcome, faults } = await sender.send(input, label);
    const { heard } = outcome;
    const status = "none" in heard ? 0 : heard.status;
    statuses[status] = (statuses[status] ?? 0) + 1;
    slowestMs = Math.max(slowestMs, heard.took);
    if (faults.length > 0) violations.push({ kind, number, faults, input, outcome });
    if (number % TOLD_EACH === TOLD_EACH - 1) progress(TOLD_EACH);
  }
  const differing = await sender.verify();
  if (differing.length > 0)
    violations.push({ kind, number: from + inputs - 1, faults: differing, input: NOTHING, outcome: NONE });
  sender.close();
  return { batch, violations, digest: digest.digest("hex"), statuses, slowestMs, secrets: world.things.secrets };
}

/** Journals differ after a batch as a whole. */
const NOTHING: Input = {
  asked: { program: "server", method: "", target: "", headers: [], body: null, story: "all that was sent until then" },
  bytes: Buffer.alloc(0),
  isMangled: false,
};

/** What does the same in a world of its own, and is smaller; the violation as it was where it needs those before it. */
async function shrunk(world: World, violation: Violation): Promise<Violation> {
  if (violation.input === NOTHING) return violation;
  const sender = await Sender.into(world);
  let found: Violation = violation;
  let tries = 0;
  const doesIt = async (input: Input) => {
    tries += 1;
    const { outcome, faults } = await sender.send(input, `try ${tries}`);
    const isSame = faultOf(faults) === faultOf(violation.faults);
    if (isSame) found = { ...violation, faults, input, outcome };
    return isSame;
  };
  if (await doesIt(violation.input)) await shrink(violation.input, doesIt);
  sender.close();
  return found;
}

/** What is wrong, without what differs from one input to the next. */
function faultOf(faults: readonly string[]): string {
  return faults.map((fault) => fault.slice(0, 200).replace(/[a-z]{2,4}_[0-9a-z]{20}|\d+|"[^"]*"/g, "…")).join(";");
}
