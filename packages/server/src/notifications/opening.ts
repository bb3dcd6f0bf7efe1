import type { Secret } from "@caravela/platform/secret";
import type { OpenedNotification } from "@caravela/sibs/notification";
import type { TerminalId } from "../domain/identifiers.ts";

/** A secret, and whose notifications it opens. */
export interface OpeningSecret {
  /** Base64, 32 bytes. */
  readonly secret: string;
  readonly of: readonly TerminalId[];
}

interface NotifiedTerminal {
  readonly id: TerminalId;
  readonly webhookSecrets: readonly Secret[];
}

/** The secrets of all terminals, each once. SIBS Backoffice lets several terminals share one. */
export function secretsOf(terminals: readonly NotifiedTerminal[]): readonly OpeningSecret[] {
  const of = new Map<string, TerminalId[]>();
  for (const { id, webhookSecrets } of terminals) {
    for (const secret of new Set(webhookSecrets.map((one) => one.reveal())))
      of.set(secret, [...(of.get(secret) ?? []), id]);
  }
  return [...of].map(([secret, ids]) => ({ secret, of: ids }));
}

/** What the button *Test* of SIBS Backoffice tells of, with a terminal that is nobody's (reference 10.3). */
const TEST_BUTTON = "WebhookTest";

/**
 * Whose a notification may be that a secret has opened: of the one that it names, where that has this secret, or of all
 * that have it where it names none. Null: it names another, and is believed by nobody. Where all secrets are one
 * terminal's, it is that one's, whatever it names.
 */
export function terminalsOf(
  {
    secretIndex,
    terminalId: named,
    transactionId,
  }: Pick<OpenedNotification, "secretIndex" | "terminalId" | "transactionId">,
  secrets: readonly OpeningSecret[],
): readonly TerminalId[] | null {
  const owners = secrets[secretIndex]?.of ?? [];
  const all = new Set(secrets.flatMap(({ of }) => of));
  if (named === null || named === "" || all.size === 1 || transactionId === TEST_BUTTON) return owners;
  const one = owners.find((id) => id === named);
  return one === undefined ? null : [one];
}
