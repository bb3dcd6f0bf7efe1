import type { FastifyRequest } from "fastify";
import type { OperatorId } from "../domain/identifiers.ts";
import { betweenEntries, type KeepsAudit, networkFrom } from "../http/audited.ts";

/** What of signing in stands in the audit. */
interface SigningIn {
  readonly operation: "signIn" | "acceptInvitation" | "signOn" | "signInLocally";
  /** Who it would be; null: nobody knows before it is done. */
  readonly subject: OperatorId | null;
}

/**
 * Signs somebody in between two entries of the audit: that it was tried, by whom nobody knows yet, and how it ended.
 * @param work gives what went wrong; null: they are signed in
 */
export async function inAudit<Wrong>(
  audit: KeepsAudit,
  request: FastifyRequest,
  { operation, subject }: SigningIn,
  work: () => Promise<Wrong | null>,
): Promise<Wrong | null> {
  const action = {
    by: { type: "unknown", id: null },
    terminal: null,
    from: networkFrom(request),
    request: request.id,
    operation,
    subject,
    fields: [],
    after: null,
    reason: null,
  } as const;
  const endOf = (wrong: Wrong | null) => ({ status: wrong === null ? 200 : 403, before: null, after: null });
  return betweenEntries(audit, { action, endOf, failed: 500 }, work, request.log);
}
