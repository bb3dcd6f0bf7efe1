import { isLoopback } from "@caravela/platform/settings";
import { NOTIFICATIONS_PATH, PAGES, type ServerSettings } from "@caravela/server";
import { type Finding, PATIENCE_MS, well, wrong } from "./finding.ts";
import { findTerminal } from "./terminal.ts";

/** Looks at the address by which customers and SIBS reach the server. */
export async function examineAddresses(settings: ServerSettings): Promise<Finding[]> {
  const publicUrl = settings.publicUrl ?? `http://127.0.0.1:${settings.port}`;
  const isLocal = isLoopback(settings.sibsBaseUrl);
  if (isLoopback(publicUrl) && !isLocal) {
    return [
      wrong(
        `SIBS cannot reach ${publicUrl}${NOTIFICATIONS_PATH}: it is this machine's own`,
        "set CARAVELA_PUBLIC_URL to the address that the internet reaches the server by.",
      ),
    ];
  }
  return [
    ...secrecyFinding(publicUrl),
    await notificationsFinding(publicUrl),
    ...(await pagesFinding(publicUrl)),
    ...(isLocal ? await pointedFindings(settings, publicUrl) : []),
  ];
}

function secrecyFinding(publicUrl: string): Finding[] {
  if (isLoopback(publicUrl) || publicUrl.startsWith("https:")) return [];
  return [
    wrong(
      `customers reach ${publicUrl} unencrypted`,
      "put a proxy in front that speaks HTTPS, and set CARAVELA_PUBLIC_URL to its https:// address.",
    ),
  ];
}

/** Anything that the server itself answers will do: it refuses what SIBS did not encrypt. */
async function notificationsFinding(publicUrl: string): Promise<Finding> {
  const address = `${publicUrl}${NOTIFICATIONS_PATH}`;
  const status = await statusOf(address, "POST");
  if (status === null) {
    return wrong(
      `the notification address ${address} does not answer`,
      "start the server, and check CARAVELA_PUBLIC_URL and what stands before it.",
    );
  }
  if (status !== 404 && status !== 405 && status < 500 && (status < 300 || status >= 400)) {
    return well(`the notification address ${address} answers (${status} to what is no notification)`);
  }
  return wrong(
    `the notification address ${address} answers ${status}`,
    "check what stands between the internet and the server, and the server's log.",
  );
}

/**
 * A page of a word that nobody has is one of ours too: it forbids being framed by anybody. What a proxy answers by
 * itself is not.
 */
async function pagesFinding(publicUrl: string): Promise<Finding[]> {
  const looked = PAGES.map(async (prefix) => {
    const answer = await fetch(`${publicUrl}${prefix}caravela-doctor`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => null);
    await answer?.body?.cancel();
    return { prefix, isOurs: answer?.headers.has("content-security-policy") ?? false };
  });
  const lacking = (await Promise.all(looked)).filter(({ isOurs }) => !isOurs).map(({ prefix }) => prefix);
  if (lacking.length === 0) return [well(`customers' pages answer at ${publicUrl} under ${PAGES.join(", ")}`)];
  return [
    wrong(
      `customers' pages do not answer at ${publicUrl} under ${lacking.join(", ")}`,
      "start the server, and let the proxy pass these paths on (docs/going-live.md).",
    ),
  ];
}

/** The local gateway notifies where its terminals say; of its own, the server says so when it starts. */
async function pointedFindings(settings: ServerSettings, publicUrl: string): Promise<Finding[]> {
  const { terminals, credentials } = settings;
  const ids = terminals == null ? [credentials?.terminalId] : terminals.map(({ id }) => id);
  return (await Promise.all(ids.map((id) => pointedFinding(settings, publicUrl, id)))).flat();
}

async function pointedFinding(settings: ServerSettings, publicUrl: string, id: string | undefined): Promise<Finding[]> {
  const terminal = await findTerminal(settings.sibsBaseUrl, id);
  if ("isWell" in terminal) return []; // the checkout has told of it
  const here = [publicUrl, `http://${settings.host}:${settings.port}`].map((url) => `${url}${NOTIFICATIONS_PATH}`);
  const { terminalId, webhook } = terminal;
  if (webhook !== null && here.includes(webhook.url)) {
    return [well(`the local gateway notifies terminal ${terminalId} here`)];
  }
  return [
    wrong(
      `the local gateway notifies terminal ${terminalId} at ${webhook?.url ?? "no address"}, not here`,
      settings.terminals == null
        ? "start the server again: it tells the gateway where it is. Or set the terminal's webhook (docs/sandbox.md)."
        : "set the terminal's webhook to here (docs/terminals.md).",
    ),
  ];
}

async function statusOf(address: string, method: string): Promise<number | null> {
  try {
    const answer = await fetch(address, { method, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}
