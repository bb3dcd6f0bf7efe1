import { Buffer } from "node:buffer";
import type { Chance } from "@caravela/platform/chance";

const TEN_YEARS_MS = 3_652 * 24 * 3_600_000;
const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A Bearer token of the shape that SIBS Backoffice gives out: `02` and 32 hex digits, base64 of a JSON, 128 hex digits
 * (reference 1.3).
 */
export function makeToken(terminal: { terminalId: string; merchantCode: number }, now: Date, chance: Chance): string {
  const content = {
    e: String(now.getTime() + TEN_YEARS_MS),
    roles: "SPG_MANAGER",
    tokenAppData: JSON.stringify({ mc: String(terminal.merchantCode), tc: terminal.terminalId }),
    i: String(now.getTime()),
    is: "caravela-gateway",
    typ: "Bearer",
    id: chance.text(LETTERS_AND_DIGITS, 42),
  };
  const hex = (bytes: number) => Buffer.from(chance.bytes(bytes)).toString("hex");
  return [`02${hex(16)}`, Buffer.from(JSON.stringify(content)).toString("base64"), hex(64)].join(".");
}
