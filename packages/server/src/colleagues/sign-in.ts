import { customerAddress } from "@caravela/platform/address";
import type { Queries } from "@caravela/platform/postgres/pool";
import { lineOf } from "@caravela/sibs/text";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OperatorId } from "../domain/identifiers.ts";
import { giveSession, sessionToken } from "../http/session-cookie.ts";
import type { Sessions } from "../storage/sessions.ts";

/** So much of what a browser says of itself is kept. */
const LONGEST_AGENT = 200;

/** What signing somebody in may touch. */
export interface SignsIn {
  readonly sessions: Sessions;
}

/** Who is signed in, and how. */
interface SigningIn {
  readonly operator: OperatorId;
  /** Whether they have just touched their passkey. */
  readonly isTouched: boolean;
}

/**
 * Signs somebody in, in the browser that asks: whoever was signed in there is not any more, and no cookie from before
 * is good for the new one. On a connection in whose transaction it is.
 */
export async function signIn(
  { sessions }: SignsIn,
  connection: Queries,
  { operator, isTouched }: SigningIn,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const before = sessionToken(request);
  if (before !== null) await sessions.endOf(connection, before);
  const agent = lineOf(request.headers["user-agent"] ?? "", LONGEST_AGENT);
  const whence = { address: customerAddress(request), agent: agent === "" ? null : agent };
  giveSession(reply, await sessions.open(connection, operator, whence, isTouched));
}
