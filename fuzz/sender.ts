import { verify } from "@caravela/server";
import { Held } from "./held.ts";
import { BOUND_MS, faultsOf, type Judging, type Outcome } from "./judge.ts";
import type { Input } from "./request.ts";
import { Wire } from "./world/wire.ts";
import type { World } from "./world/world.ts";

/** All servers of this version are described alike. */
const held = new Held();

/** What came of an input, and all that is wrong with that. */
export interface Judged {
  readonly outcome: Outcome;
  readonly faults: readonly string[];
}

/** Sends inputs into a world, one after the other, and judges what comes of each. */
export class Sender {
  readonly #world: World;
  readonly #judging: Judging;
  readonly #wires: Readonly<Record<"server" | "gateway", Wire>>;

  private constructor(world: World, judging: Judging) {
    this.#world = world;
    this.#judging = judging;
    this.#wires = { server: new Wire(world.server.url), gateway: new Wire(world.gateway.url) };
  }

  static async into(world: World): Promise<Sender> {
    const sender = new Sender(world, { things: world.things, description: await held.to(world.server.url) });
    await sender.#outcome({ none: "closed", took: 0 }); // what the start did is nobody's
    return sender;
  }

  /** @param label the occasion of the input: what it makes has identifiers of that name */
  async send(input: Input, label: string): Promise<Judged> {
    for (const chance of this.#world.chances) chance.begin(label);
    const { bytes, isMangled, asked } = input;
    const outcome = await this.#outcome(
      await this.#wires[asked.program].send(bytes, { patienceMs: BOUND_MS, isMangled }),
    );
    return { outcome, faults: await faultsOf(input, outcome, this.#judging) };
  }

  /** Which journals do not replay to what is stored. */
  async verify(): Promise<string[]> {
    const faults: string[] = [];
    for await (const { table, id, differing, fault } of verify(this.#world.changes.queries))
      if (fault !== null || differing.length > 0) faults.push(`${table} ${id}: ${fault ?? `differs in ${differing}`}`);
    return faults;
  }

  close(): void {
    for (const wire of Object.values(this.#wires)) wire.close();
  }

  async #outcome(heard: Outcome["heard"]): Promise<Outcome> {
    return { heard, changes: await this.#world.changes.since(), lines: this.#world.takeLines() };
  }
}
