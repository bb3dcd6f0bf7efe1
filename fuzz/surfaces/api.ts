import { encoded } from "../inputs/heads.ts";
import { Schemas, valueBy } from "../inputs/schema.ts";
import { placesIn, type Tree, treeOf } from "../inputs/tree.ts";
import type { Asked, Input } from "../request.ts";
import type { KnownChance } from "../world/known-chance.ts";
import type { Document, Operation } from "./document.ts";
import { inputOf, type Makings, type Surface } from "./surface.ts";

/** What an operation makes, by the letters that its identifiers begin with. */
const MAKES: Readonly<Record<string, string>> = {
  createPayment: "pay",
  startAttempt: "att",
  refundPayment: "rfd",
  refundAttempt: "rfd",
  capturePayment: "cap",
  createMandate: "man",
  createPlan: "plan",
  createKey: "key",
  createEventEndpoint: "ep",
  inviteOperator: "op",
  keepView: "view",
};

/** What stands in an address, by what comes before it. */
const IN_ADDRESS: Readonly<Record<string, string>> = {
  payments: "pay",
  attempts: "att",
  operations: "rfd",
  mandates: "man",
  plans: "plan",
  tokens: "tok",
  events: "evt",
  "event-endpoints": "ep",
  keys: "key",
  operators: "op",
  sessions: "ses",
  passkeys: "pky",
  approvals: "apr",
  customers: "customer",
  tasks: "task",
  views: "view",
};

/** What members of bodies name. */
const IN_BODY: Readonly<Record<string, string>> = {
  mandate: "man",
  mandates: "man",
  token: "tok",
  plan: "plan",
  action: "action",
  id: "customer",
  events: "evt",
  endpoint: "ep",
};

const OF_NOTHING = "00000000000000000000";

/** The API, by its description: calls as they should be in any order, on anything, and calls that should not be. */
export class ApiSurface implements Surface {
  readonly #schemas: Schemas;
  readonly #makings: Makings;
  readonly #chance: KnownChance;
  readonly #operations: readonly Operation[];
  /** What inputs of this batch have made, if they were accepted. */
  readonly #made: Record<string, string[]> = {};

  constructor(document: Document, makings: Makings, chance: KnownChance) {
    this.#schemas = new Schemas(document.whole);
    this.#makings = makings;
    this.#chance = chance;
    this.#operations = document.operations;
  }

  next(label: string): Input {
    const { dice } = this.#makings;
    const operation = dice.happens(0.5) ? this.#usual() : dice.pick(this.#operations);
    const asked = this.#asked(operation, label);
    const body = operation.body === null ? null : this.#body(operation, operation.body);
    const known = operation.body === null ? null : { schemas: this.#schemas, schema: operation.body.schema };
    const input = inputOf({ asked, body, known, parameters: operation.parameters }, this.#makings);
    const makes = MAKES[operation.id];
    if (makes !== undefined) this.#note(makes, this.#chance.firstId(label, makes));
    return input;
  }

  /** Those by which payments live. */
  #usual(): Operation {
    // biome-ignore format: a list
    const names = ["createPayment", "startAttempt", "refundPayment", "capturePayment", "cancelPayment", "createMandate",
      "createPlan", "getPayment", "continueAttempt", "settleOperation", "settleAttempt", "refundAttempt", "cancelMandate"];
    const name = this.#makings.dice.pick(names);
    return this.#operations.find(({ id }) => id === name) ?? this.#makings.dice.pick(this.#operations);
  }

  #asked({ id, method, path }: Operation, label: string): Asked {
    const { dice, things } = this.#makings;
    const [shop] = things.callers;
    const caller = dice.happens(0.6) && shop !== undefined ? shop : dice.pick(things.callers);
    const key = dice.weighed([
      [9, label],
      [1, "the same key again"],
    ]);
    return {
      program: "server",
      method,
      target: path.replace(
        /([\w-]+)\/\{\w+\}/g,
        (_all, before: string) => `${before}/${encoded(this.#idFor(IN_ADDRESS[before] ?? "pay"))}`,
      ),
      headers: [
        ...caller.headers,
        ...(method === "POST"
          ? [["idempotency-key", key.replaceAll(" ", "-")] as const, ["content-type", "application/json"] as const]
          : []),
      ],
      body: null,
      story: `${id} by ${caller.name}`,
    };
  }

  /** An example, a recorded call's, or one that is made by the schema; with real things in it. */
  #body(operation: Operation, { schema, examples }: NonNullable<Operation["body"]>): Tree {
    const { dice, things } = this.#makings;
    const pattern = new RegExp(`^${operation.path.replace(/\{\w+\}/g, "[^/?]+")}$`);
    const recorded = things.recorded.filter(
      ({ method, target, body }) => method === operation.method && pattern.test(target) && body !== null,
    );
    const known = [...examples, ...recorded.map(({ body }) => JSON.parse(body ?? "null"))];
    const tree =
      known.length > 0 && dice.happens(0.7) ? treeOf(dice.pick(known)) : valueBy(this.#schemas, schema, this.#makings);
    for (const { path, value, put } of placesIn(tree)) {
      const name = path.findLast((step) => typeof step === "string") ?? "";
      const kind = IN_BODY[name];
      if (kind !== undefined && "text" in value && dice.happens(0.7)) put({ text: this.#idFor(kind) });
      if (name === "phone" && "text" in value && dice.happens(0.5)) put({ text: dice.pick(things.phones) });
      if (name === "amount" && "raw" in value && dice.happens(0.3))
        put({ raw: String(dice.pick([1, 99, 100, 200, 350, 550, 551, 99_999_999])) });
    }
    return tree;
  }

  /** Of this kind and real, mostly; else of another kind, of nothing, or no identifier. */
  #idFor(kind: string): string {
    const { dice, things, values } = this.#makings;
    const real = [...(things.ids[kind] ?? []), ...(this.#made[kind] ?? [])];
    const others = Object.values(things.ids).flat();
    return dice.weighed<() => string>([
      [real.length === 0 ? 0 : 20, () => dice.pick(real)],
      [2, () => dice.pick(others)],
      [1, () => `${kind}_${OF_NOTHING}`],
      [1, () => values.text()],
    ])();
  }

  #note(kind: string, id: string): void {
    this.#made[kind] = [...(this.#made[kind] ?? []), id].slice(-40);
  }
}
