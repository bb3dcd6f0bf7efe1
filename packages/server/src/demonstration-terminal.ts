import { CannotStart } from "@caravela/platform/cannot-start";
import type { Chance } from "@caravela/platform/chance";
import { Secret } from "@caravela/platform/secret";
import { asTerminalId } from "./domain/identifiers.ts";
import type { Credentials, ServedTerminal } from "./terminal-settings.ts";

interface Terminal {
  readonly terminalId: string;
  readonly clientId: string;
  readonly token: string;
  readonly entity: string;
  readonly webhook: { readonly url: string; readonly secret: string } | null;
}

/**
 * The credentials of the local gateway's first terminal: what the server uses when it is told none.
 * @throws CannotStart when the gateway does not answer.
 */
export async function demonstrationTerminal(sibsBaseUrl: string, chance: Chance): Promise<Credentials> {
  const { terminals } = (await ask(sandbox(sibsBaseUrl, "/terminals"))) as { terminals: readonly Terminal[] };
  const [terminal] = terminals;
  if (terminal === undefined) throw new CannotStart(`The gateway at ${sibsBaseUrl} has no terminal.`);
  const secret = terminal.webhook?.secret ?? Buffer.from(chance.bytes(32)).toString("base64");
  const terminalId = asTerminalId(terminal.terminalId);
  if (terminalId === null) throw new CannotStart(`The gateway at ${sibsBaseUrl} has a terminal without a number.`);
  return {
    terminalId,
    clientId: terminal.clientId,
    token: new Secret(terminal.token),
    webhookSecrets: [new Secret(secret)],
    entity: terminal.entity,
  };
}

/** Tells the local gateway where this server takes notifications. @throws CannotStart when it does not answer. */
export async function pointWebhookAt(
  url: string,
  sibsBaseUrl: string,
  { id, webhookSecrets }: Pick<ServedTerminal, "id" | "webhookSecrets">,
): Promise<void> {
  const secret = webhookSecrets[0]?.reveal();
  await ask(sandbox(sibsBaseUrl, `/terminals/${id}`), {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ webhook: { url, secret } }),
  });
}

function sandbox(sibsBaseUrl: string, path: string): string {
  return new URL(`/sandbox${path}`, sibsBaseUrl).href;
}

async function ask(url: string, init: RequestInit = {}): Promise<unknown> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) });
    if (answer.ok) return await answer.json();
    throw new Error(`it answered ${answer.status}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotStart(`No local gateway at ${url} (${why}): start one, or set SIBS_BASE_URL and SIBS_TOKEN.`);
  }
}
