import type { Chance } from "@caravela/platform/chance";
import type { Http } from "@caravela/platform/http";
import type { Queries } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { httpProblems } from "@caravela/platform/problems";
import { Type } from "typebox";
import { asPasskeyId, type OperatorId } from "../domain/identifiers.ts";
import { problem } from "../http/problems.ts";
import { answers, noBody, params } from "../http/schemas.ts";
import { storeKey } from "../storage/kept-answers.ts";
import type { Operators } from "../storage/operators.ts";
import { MOST_PASSKEYS, type Passkey } from "../storage/passkeys.ts";
import { askPasskey, BOUND, takePasskey } from "./by-passkey.ts";
import { BY_PERSON } from "./limits.ts";
import { partyHere } from "./login-places.ts";
import { addBody, creationOptions, passkeySchema } from "./passkey-schemas.ts";
import { passkeyRefused, personOf, type TakesTouches } from "./touch-routes.ts";

const tags = ["Colleagues"];

interface KeepsPasskeys extends TakesTouches {
  readonly chance: Chance;
  readonly operators: Operators;
}

/** The passkeys of whoever asks, and nobody else's: listed, added, removed. */
export function passkeyRoutes(http: Http, ports: KeepsPasskeys): void {
  const { idempotency, passkeys, pool } = ports;

  http.get(
    "/v1/passkeys",
    {
      schema: {
        tags,
        operationId: "listPasskeys",
        summary: "List your own passkeys, oldest first",
        response: answers({ 200: Type.Object({ data: Type.Array(passkeySchema) }, { description: "All of them." }) }),
      },
      config: { scope: null, keepsToTerminal: true },
    },
    async ({ caller }) => ({ data: (await passkeys.listOf(personOf(caller).id)).map(present) }),
  );

  idempotency.post(
    http,
    "/v1/passkeys/options",
    {
      tags,
      operationId: "askPasskey",
      summary: "Ask for a new passkey of yours",
      description:
        "What `navigator.credentials.create` takes as `publicKey`, as JSON. It is good once, for five minutes.",
      body: noBody,
      response: answers({ 200: creationOptions }),
    },
    {
      scope: null,
      problems: ["passkeys_impossible", "signs_on_elsewhere", "too_many_tries", "too_many_passkeys"],
      keepsToTerminal: true,
      wantsTouch: true,
      rateLimit: BY_PERSON,
      carryOut: async ({ caller }) => {
        const { id, session } = personOf(caller);
        const rp = partyHere(ports);
        await inTransaction(pool, (connection) => roomFor(ports, connection, id));
        const operator = { id, name: caller.by.name ?? id };
        return { status: 200, body: await askPasskey(ports, rp, { bound: BOUND.passkey(session), operator }) };
      },
    },
  );

  idempotency.post(
    http,
    "/v1/passkeys",
    {
      tags,
      operationId: "addPasskey",
      summary: "Add a passkey to your own",
      body: addBody,
      response: answers({ 201: passkeySchema }),
    },
    {
      scope: null,
      problems: [
        "passkey_refused",
        "passkey_known",
        "passkeys_impossible",
        "signs_on_elsewhere",
        "too_many_passkeys",
        "too_many_tries",
      ],
      keepsToTerminal: true,
      wantsTouch: true,
      rateLimit: BY_PERSON,
      carryOut: async ({ body, caller }, key) => {
        const { id: operator, session } = personOf(caller);
        const made = await takePasskey(ports, partyHere(ports), BOUND.passkey(session), body.answer);
        if (typeof made === "string") throw passkeyRefused(made);
        return inTransaction(pool, async (connection) => {
          await roomFor(ports, connection, operator);
          const passkey = { ...made, id: ports.chance.id("pky"), operator, name: body.name };
          const added = await passkeys.add(connection, passkey);
          if (added === null) throw problem("passkey_known", "It is one of yours, or somebody else's.");
          const answer = { status: 201, body: present(added) };
          // its challenge is used up: asked again, it can only be answered as it was
          await storeKey(connection, key(added.id, answer), added.createdAt);
          return answer;
        });
      },
    },
  );

  http.delete(
    "/v1/passkeys/:id",
    {
      schema: {
        tags,
        operationId: "removePasskey",
        summary: "Remove a passkey of yours",
        params,
        response: answers({ 204: Type.Null({ description: "Removed." }) }),
      },
      config: {
        scope: null,
        keepsToTerminal: true,
        wantsTouch: true,
        problems: ["last_passkey"],
      },
    },
    async ({ params, caller }, reply) => {
      const operator = personOf(caller).id;
      const id = asPasskeyId(params.id);
      await inTransaction(pool, async (connection) => {
        await ports.operators.hold(connection, operator);
        const held = await passkeys.listOf(operator, connection);
        if (id === null || !held.some((one) => one.id === id)) throw httpProblems.notFound();
        if (held.length === 1) throw problem("last_passkey", "Make another one first.");
        await passkeys.remove(connection, operator, id);
      });
      return reply.code(204).send();
    },
  );
}

/** @throws Problem where somebody can have no further passkey. */
async function roomFor({ operators, passkeys }: KeepsPasskeys, connection: Queries, id: OperatorId): Promise<void> {
  const operator = await operators.hold(connection, id);
  if (operator === null) throw httpProblems.notFound();
  if (operator.signsOn) throw problem("signs_on_elsewhere", "Your company's provider lets you in.");
  if ((await passkeys.listOf(id, connection)).length >= MOST_PASSKEYS)
    throw problem("too_many_passkeys", `At most ${MOST_PASSKEYS} are kept: remove one first.`);
}

function present({ id, name, createdAt, usedAt }: Passkey) {
  return { id, name, createdAt: createdAt.toISOString(), usedAt: usedAt?.toISOString() ?? null };
}
