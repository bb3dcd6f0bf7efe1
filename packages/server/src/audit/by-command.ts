import type { Asker, EndedAction } from "../domain/audit.ts";
import type { KeepsAudit } from "../http/audited.ts";

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
  const asked = await audit.asked({ ...nothing, by: COMMAND, operation, subject, fields });
  try {
    const result = await work();
    await audit.answered(asked, { status: 200, before: null, after: made(result) });
    return result;
  } catch (error) {
    await audit.answered(asked, { status: 400, before: null, after: null });
    throw error;
  }
}
