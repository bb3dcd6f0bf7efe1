import { customerAddress, wholeNetworkOf } from "@caravela/platform/address";
import type { FastifyRequest } from "fastify";
import type { OperatorId } from "../domain/identifiers.ts";
import type { KeepsAudit } from "../http/audited.ts";

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
  const address = customerAddress(request);
  const asked = await audit.asked({
    by: { type: "unknown", id: null },
    terminal: null,
    from: address === null ? null : wholeNetworkOf(address),
    request: request.id,
    operation,
    subject,
    fields: [],
    after: null,
    reason: null,
  });
  const ended = (status: number) => audit.answered(asked, { status, before: null, after: null });
  try {
    const wrong = await work();
    await ended(wrong === null ? 200 : 403);
    return wrong;
  } catch (error) {
    await ended(500).catch(() => undefined);
    throw error;
  }
}
