import { availableParallelism } from "node:os";
import { Living } from "../living.ts";
import { PROPERTIES, type Property } from "../properties/property.ts";
import { MUTATIONS } from "./list.ts";
import type { Mutation } from "./mutated.ts";

/** So many payments share a world: many worlds, of other weather each, find more than few large ones. */
const PAYMENTS_A_WORLD = 60;

/** How a mutation is looked for. */
export interface Hunt {
  /** Of the first world; those after it have the numbers that follow. */
  readonly seed: number;
  /** So many payments are lived at most before it counts as missed. */
  readonly payments: number;
  /** Only those whose names have this in them. */
  readonly named: string;
}

/** By what a mutation was caught. */
interface Caught {
  readonly seed: number;
  /** How many payments were begun until then, in all worlds. */
  readonly after: number;
  readonly property: Property;
  readonly what: string;
}

/**
 * Puts each mistake into runs until one is wrong, on all cores, and prints the table, line by line as each is done.
 * Gives the exit code.
 */
export async function huntMutations(hunt: Hunt): Promise<number> {
  const hunted = MUTATIONS.filter(({ name }) => name.includes(hunt.named));
  const waiting = [...hunted];
  let missed = 0;
  const hunter = async () => {
    for (let mutation = waiting.shift(); mutation !== undefined; mutation = waiting.shift()) {
      const caught = await caughtIn(mutation, hunt);
      if (caught === null) missed += 1;
      console.log(lineOf(mutation, caught, hunt));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, hunter));
  console.log(`${hunted.length} mutations, ${hunted.length - missed} caught, ${missed} missed`);
  return missed === 0 && hunted.length > 0 ? 0 : 1;
}

async function caughtIn({ name }: Mutation, { seed, payments }: Hunt): Promise<Caught | null> {
  const living = new Living(name);
  try {
    for (let begun = 0, world = 0; begun < payments; world += 1) {
      const asked = { seed: seed + world, payments: Math.min(PAYMENTS_A_WORLD, payments - begun) };
      const told = await living.live({ ...asked, trace: null, only: null, untilWrong: true });
      begun += told.payments;
      const [first] = told.violations;
      if (first !== undefined) return { seed: asked.seed, after: begun, property: first.property, what: first.what };
    }
    return null;
  } finally {
    await living.end();
  }
}

function lineOf({ name }: Mutation, caught: Caught | null, { payments }: Hunt): string {
  if (caught === null) return `missed  ${name}: not within ${payments} payments`;
  const { seed, after, property, what } = caught;
  const [said = ""] = what.split("\n");
  return `caught  ${name}: seed ${seed}, after ${after} payments, by "${PROPERTIES[property]}" (${said.slice(0, 160)})`;
}
