import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Invitations } from "../storage/invitations.ts";
import type { Operator, Operators } from "../storage/operators.ts";

/** Where the link stands that somebody comes in by. */
export const INVITATIONS_PATH = "/dashboard/invitations";

/** What opening a link may touch. */
export interface OpensInvitations {
  readonly pool: Pool;
  readonly operators: Operators;
  readonly invitations: Invitations;
}

/** Who is invited by what stands in a link. It changes nothing. Null: nobody, or not any more. */
export function openInvitation(ports: OpensInvitations, token: string): Promise<Operator | null> {
  return inTransaction(ports.pool, (connection) => invitedBy(ports, connection, token));
}

/**
 * Uses a link up, in the transaction in which whoever comes in gets their passkey and is signed in. Null: nobody is
 * invited by it, or not any more; of two who press at once one alone is.
 */
export async function useInvitation(
  ports: OpensInvitations,
  connection: Queries,
  token: string,
): Promise<Operator | null> {
  const operator = await invitedBy(ports, connection, token);
  return operator !== null && (await ports.invitations.useUp(connection, token)) ? operator : null;
}

/** The person is held: whoever removes them at this moment comes before or after. */
async function invitedBy(
  { invitations, operators }: OpensInvitations,
  connection: Queries,
  token: string,
): Promise<Operator | null> {
  const id = await invitations.invited(connection, token);
  return id === null ? null : operators.hold(connection, id);
}
