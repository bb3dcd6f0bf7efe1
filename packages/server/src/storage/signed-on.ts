import type { Queries } from "@caravela/platform/postgres/pool";
import type { OperatorId } from "../domain/identifiers.ts";
import type { Role } from "../domain/person.ts";

/** Whoever the company's provider says it is: known by the provider and its own name for them. */
interface SignedOn {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
}

/**
 * Makes somebody a colleague who signs in by the provider, or what the provider says that they are now. Null: they were
 * removed here, and stay so whatever the provider says.
 */
export async function welcome(
  connection: Queries,
  { issuer, subject, name, role }: SignedOn,
  given: { readonly now: Date; readonly id: OperatorId },
): Promise<OperatorId | null> {
  const { rows } = await connection.query<{ id: OperatorId }>({
    name: "operator-signed-on",
    text: `insert into caravela.operator (id, name, role, budgets, created_at, sign_on_issuer, sign_on_subject)
           values ($1, $2, $3, '[]', $4, $5, $6)
           on conflict (sign_on_issuer, sign_on_subject) do update set name = $2, role = $3
             where operator.removed_at is null
           returning id`,
    values: [given.id, name, role, given.now, issuer, subject],
  });
  return rows[0]?.id ?? null;
}
