import type { Line } from "./call.ts";
import { ENVIRONMENTS, type SibsOptions } from "./inputs.ts";

/** What a client keeps of its options, once they are found to be good. */
export interface Setup {
  readonly baseUrl: string;
  readonly mandatesBaseUrl: string;
  readonly terminalId: number | string;
  readonly bearer: string;
  readonly line: Omit<Line, "baseUrl" | "signal">;
}

/**
 * Checks a client's options and completes them.
 * @throws TypeError, RangeError as the constructor of `Sibs` says.
 */
export function setUp(options: SibsOptions): Setup {
  const { terminalId, clientId, token, environment, clock } = options;
  if (!terminalId) throw new TypeError("Sibs needs a terminalId");
  if (!HEADER_TEXT.test(clientId)) throw new TypeError("Sibs needs a clientId: printable letters without spaces");
  if (!HEADER_TEXT.test(token)) throw new TypeError("Sibs needs a token: printable letters without spaces");
  const addresses = environment && ENVIRONMENTS[environment];
  const given = options.baseUrl ?? addresses?.baseUrl;
  if (!given) throw new TypeError('Sibs needs environment ("quality" or "production") or baseUrl');
  const baseUrl = address("baseUrl", given);
  return {
    baseUrl,
    mandatesBaseUrl: address(
      "mandatesBaseUrl",
      options.mandatesBaseUrl ?? options.baseUrl ?? addresses?.mandatesBaseUrl ?? given,
    ),
    // SIBS's guide sends a number; what is no number is left for SIBS to judge.
    terminalId: /^\d{1,10}$/.test(String(terminalId)) ? Number(terminalId) : terminalId,
    bearer: `Bearer ${token}`,
    line: {
      clientId,
      timeoutMs: timeLimit(options.timeoutMs ?? 20_000),
      retries: options.retries ?? 2,
      onTry: options.onTry,
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
      now: () => clock?.now() ?? new Date(),
      random: Math.random,
    },
  };
}

/** What a header can carry of a credential: no line break copied along, nothing beyond ASCII. */
export const HEADER_TEXT = /^[!-~]+$/;

/** A timer would take what is no time for a millisecond, and the answer would be lost: in doubt. */
export function timeLimit(ms: number): number {
  if (typeof ms === "number" && ms > 0) return ms;
  throw new RangeError("Sibs needs a timeoutMs above 0, in milliseconds");
}

/** A base address without a slash at the end. What is refused is not repeated: it may hold a password. */
function address(name: string, text: string): string {
  if (!isAddress(text)) throw new TypeError(`Sibs needs a ${name}: http(s)://…, without user and password`);
  return text.replace(/\/+$/, "");
}

function isAddress(text: string): boolean {
  try {
    const { protocol, username, password } = new URL(text);
    return /^https?:$/.test(protocol) && username + password === "";
  } catch {
    return false;
  }
}
