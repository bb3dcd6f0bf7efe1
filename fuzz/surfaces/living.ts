import { treeOf } from "../inputs/tree.ts";
import type { Input } from "../request.ts";
import { inputOf, type Makings, type Shares, type Surface } from "./surface.ts";

/** Sent as it is. */
const AS_IT_IS: Partial<Shares> = { body: 0, query: 0, heads: 0, target: 0, bytes: 0 };

/** So often something happens beside what is sent. */
const HAPPENS = 0.015;

/**
 * A surface in a world that goes on: now and then a little time passes, in which all that is due is done, and
 * customers answer their phones and pay their references.
 */
export class Living implements Surface {
  readonly #surface: Surface;
  readonly #makings: Makings;

  constructor(surface: Surface, makings: Makings) {
    this.#surface = surface;
    this.#makings = makings;
  }

  next(label: string): Input {
    return this.#makings.dice.happens(HAPPENS) ? this.#happening() : this.#surface.next(label);
  }

  #happening(): Input {
    const { dice, things } = this.#makings;
    const phone = `/phones/351%23${dice.pick(things.phones)}`;
    const { entity, reference } = dice.pick(things.references);
    const [path, body] = dice.pick<readonly [string, object]>([
      ["/clock/advance", { seconds: 0 }],
      ["/clock/advance", { seconds: dice.pick([1, 10, 30]) }],
      [`${phone}/approve`, {}],
      [`${phone}/decline`, {}],
      [`/references/${entity}/${reference}/pay`, { amount: "5.50" }],
    ]);
    const headers = [["content-type", "application/json"] as const];
    const asked = {
      program: "gateway",
      method: "POST",
      target: `/sandbox${path}`,
      headers,
      body: null,
      story: "life goes on",
    } as const;
    return inputOf({ asked, body: treeOf(body) }, this.#makings, AS_IT_IS);
  }
}
