import type { Asker, EndedAction } from "../domain/audit.ts";
import { betweenEntries, type KeepsAudit } from "../http/audited.ts";

const COMMAND: Asker = { type: "command", id: null };

/** What a command does, as the audit tells it. */
export interface Commanded {
  /** As the operation of the API is called that does the same. */
  readonly operation: string;
  readonly subject: string | null;
  /** The names of the options that were given. */
  readonly fields: readonly string[];
}

/** Does what a command asks for, between two entries of the audit. `made`: what of its result may be told. */
export async function byCommand<T>(
  audit: KeepsAudit,
  { operation, subject, fields }: Commanded,
  work: () => Promise<T>,
  made: (result: T) => EndedAction["after"],
): Promise<T> {
  const nothing = { terminal: null, from: null, request: null, after: null, reason: null };
  const action = { ...nothing, by: COMMAND, operation, subject, fields };
  const endOf = (result: T) => ({ status: 200, before: null, after: made(result) });
  return betweenEntries(audit, { action, endOf, failed: 400 }, work, null);
}
