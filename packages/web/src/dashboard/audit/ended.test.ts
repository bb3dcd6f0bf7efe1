import { expect, it } from "vitest";
import type { AuditEntry } from "../api/people.ts";
import { endedAs, TOLD_AS } from "./ended.ts";
import { auditTexts } from "./texts.ts";

type Changes = Partial<AuditEntry>;

function sentence(lang: "en" | "pt", changes: Changes): string {
  const entry = { kind: "answered", status: 200, operation: "refundPayment", after: null, ...changes } as AuditEntry;
  return auditTexts[lang].did(entry.operation, TOLD_AS[endedAs(entry)]);
}

it.each<[string, Changes, string, string]>([
  ["was done", { status: 201, after: { status: "succeeded" } }, "refunded a payment", "reembolsou um pagamento"],
  ["was refused", { status: 403 }, "tried to refund a payment", "tentou reembolsar um pagamento"],
  ["failed", { status: 500 }, "tried to refund a payment", "tentou reembolsar um pagamento"],
  [
    "SIBS did not do",
    { status: 201, after: { status: "failed" } },
    "tried to refund a payment",
    "tentou reembolsar um pagamento",
  ],
  [
    "is in doubt",
    { status: 201, after: { status: "in_doubt" } },
    "asked to refund a payment",
    "pediu para reembolsar um pagamento",
  ],
  ["waits for another person", { status: 202 }, "asked to refund a payment", "pediu para reembolsar um pagamento"],
  ["has not ended", { kind: "asked", status: null }, "asked to refund a payment", "pediu para reembolsar um pagamento"],
  [
    "is no refund",
    { operation: "revokeKey", status: 404 },
    "tried to revoke an API key",
    "tentou revogar uma chave da API",
  ],
  [
    "has a status of its own",
    { operation: "startAttempt", status: 201, after: { status: "failed" } },
    "began a try to pay",
    "começou uma tentativa de pagamento",
  ],
  ["is not known here", { operation: "newCall", status: 403 }, "newCall", "newCall"],
])("tells what %s as just that, in both languages", (_what, changes, en, pt) => {
  expect([sentence("en", changes), sentence("pt", changes)]).toEqual([en, pt]);
});
