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

/** Who is invited, and until when. */
export interface Invited {
  readonly operator: Operator;
  readonly endsAt: Date;
}

/** Who is invited by what stands in a link. It changes nothing. Null: nobody, or not any more. */
export function openInvitation(ports: OpensInvitations, token: string): Promise<Invited | null> {
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
  const invited = await invitedBy(ports, connection, token);
  return invited !== null && (await ports.invitations.useUp(connection, token)) ? invited.operator : null;
}

/** The person is held: whoever removes them at this moment comes before or after. */
async function invitedBy(
  { invitations, operators }: OpensInvitations,
  connection: Queries,
  token: string,
): Promise<Invited | null> {
  const found = await invitations.invited(connection, token);
  const operator = found === null ? null : await operators.hold(connection, found.operator);
  return found === null || operator === null || operator.signsOn ? null : { operator, endsAt: found.endsAt };
}
