import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Caller } from "../domain/api-key.ts";
import { type Person, touchedUntil } from "../domain/person.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem } from "../http/problems.ts";
import { answers, noBody } from "../http/schemas.ts";
import type { Sessions } from "../storage/sessions.ts";
import { type AnswerProblem, type AsksForPasskeys, askAnswer, BOUND, countUse, takeAnswer } from "./by-passkey.ts";
import { BY_PERSON } from "./limits.ts";
import { partyHere } from "./login-places.ts";
import { requestOptions, touchBody, touchSchema } from "./passkey-schemas.ts";

const tags = ["Colleagues"];

export interface TakesTouches extends AsksForPasskeys {
  readonly pool: Pool;
  readonly sessions: Sessions;
  readonly idempotency: Idempotency;
}

/** Somebody who is signed in shows once more, by their passkey, that it is they. */
export function touchRoutes(http: Http, ports: TakesTouches): void {
  const { idempotency } = ports;

  idempotency.post(
    http,
    "/v1/session/touch-options",
    {
      tags,
      operationId: "askTouch",
      summary: "Ask for a fresh touch of your passkey",
      description: "What `navigator.credentials.get` takes as `publicKey`, as JSON. It is good once, for five minutes.",
      body: noBody,
      response: answers({ 200: requestOptions }),
    },
    {
      scope: null,
      problems: ["no_passkey", "passkeys_impossible", "too_many_tries"],
      keepsToTerminal: true,
      rateLimit: BY_PERSON,
      carryOut: async ({ caller }) => {
        const { id, session } = personOf(caller);
        const rp = partyHere(ports);
        const known = await ports.passkeys.listOf(id);
        if (known.length === 0)
          throw problem("no_passkey", "Sign in anew at your company's provider: `/dashboard/touch`.");
        return { status: 200, body: await askAnswer(ports, rp, { bound: BOUND.touch(session), known }) };
      },
    },
  );

  idempotency.post(
    http,
    "/v1/session/touch",
    {
      tags,
      operationId: "touchSession",
      summary: "Show by your passkey that it is you",
      description: "What wants a fresh touch may then be done for five minutes.",
      body: touchBody,
      response: answers({ 200: touchSchema }),
    },
    {
      scope: null,
      problems: ["passkey_refused", "passkeys_impossible", "too_many_tries"],
      keepsToTerminal: true,
      rateLimit: BY_PERSON,
      carryOut: async ({ body, caller }) => ({ status: 200, body: await touch(ports, personOf(caller), body) }),
    },
  );
}

/** @throws Problem with status 403 where the answer is not taken */
async function touch(ports: TakesTouches, person: Person, answer: Parameters<typeof takeAnswer>[3]) {
  const asked = { bound: BOUND.touch(person.session), operator: person.id };
  const answered = await takeAnswer(ports, partyHere(ports), asked, answer);
  if (typeof answered === "string") throw passkeyRefused(answered);
  const touchedAt = await inTransaction(ports.pool, async (connection) => {
    if (!(await countUse(ports, connection, answered))) throw passkeyRefused("refused");
    return ports.sessions.touch(connection, person.session);
  });
  const until = touchedUntil({ ...person, touchedAt }, touchedAt);
  return { touchedUntil: until === null ? null : new Date(until).toISOString() };
}

/** Why a passkey's answer is not taken, to whoever sent it. */
export function passkeyRefused(why: AnswerProblem) {
  return problem(
    "passkey_refused",
    why === "too_late"
      ? "Nothing was asked so, or it took too long, or it was answered already: ask anew."
      : "It is not what was asked of your passkey: ask anew.",
  );
}

/** The person who asks: of a call that is for people alone. @throws TypeError of an API key */
export function personOf({ person }: Caller): Person {
  if (person === null) throw new TypeError("a call for people alone was asked by an API key");
  return person;
}
