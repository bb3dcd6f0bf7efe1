import { type Finding, PATIENCE_MS, wrong } from "./finding.ts";

/** A terminal of the local gateway. */
export interface Terminal {
  readonly terminalId: string;
  readonly clientId: string;
  readonly token: string;
  readonly webhook: { readonly url: string } | null;
}

/** A terminal of the local gateway at SIBS_BASE_URL: of this id, or its first. */
export async function findTerminal(sibsBaseUrl: string, terminalId?: string): Promise<Terminal | Finding> {
  const address = new URL("/sandbox/terminals", sibsBaseUrl).href;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { terminals } = (await answer.json()) as { terminals: Terminal[] };
    const found = terminals.find((one) => terminalId === undefined || one.terminalId === terminalId);
    const name = terminalId ?? "52221";
    return found ?? wrong(`the local gateway has no terminal ${name}`, `make one: PUT ${address}/${name}.`);
  } catch {
    return wrong(
      `the local gateway does not answer at ${address}`,
      "start it (npm start), or set SIBS_BASE_URL and the credentials for SIBS.",
    );
  }
}
