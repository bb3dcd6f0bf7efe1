import { isDeepStrictEqual } from "node:util";
import { lisbonDate } from "@caravela/platform/lisbon";
import { replayMandate } from "../../packages/server/src/domain/mandate/earlier-facts.ts";
import type { Mandate } from "../../packages/server/src/domain/mandate/state.ts";
import { bringUpMandateRow } from "../../packages/server/src/domain/mandate/stored.ts";
import { mandatesOf, type SibsMandate } from "../../tests/books/mandates.ts";
import { plansOf } from "../../tests/books/plans.ts";
import type { MemoryDatabase } from "../store/database.ts";
import { eventsAgree, OF_KIND, readBooks, type TheShopHeard } from "./books.ts";
import { periodsAreAccountedFor } from "./periods.ts";
import type { Wrong, WrongBy } from "./property.ts";

/** Our authorised payments, as they are stored. */
export function readMandates(database: MemoryDatabase): Mandate[] {
  const table = database.of("caravela.mandate");
  return [...table.rows].map((row) => bringUpMandateRow(table.read(row, ["state", "looks", "looked"]) as never));
}

/**
 * When all is over: authorised payments stand here as at SIBS, plans have charged each period once and nothing that
 * nobody agreed to, and the shop knows.
 */
export function balanceMandates(
  database: MemoryDatabase,
  { events, askedAgain, now }: TheShopHeard & { readonly now: number },
  wrong: WrongBy,
): void {
  const mandates = readMandates(database);
  const { payments } = readBooks(database, now);
  const sibsMandates = sibsMandatesOf(database);
  const today = lisbonDate(new Date(now));
  const faults = [...mandatesOf({ mandates, sibsMandates, today }), ...plansOf({ payments, mandates })];
  for (const { subject, kind, says } of faults) wrong(OF_KIND[kind])(subject ?? "SIBS", says);
  for (const mandate of mandates) journalAgrees(database, mandate, wrong("journal"));
  eventsAgree(database, mandates, { events, askedAgain }, wrong("events"));
  periodsAreAccountedFor(database, { mandates, payments }, wrong("periods"));
}

function sibsMandatesOf(database: MemoryDatabase): SibsMandate[] {
  return [...database.of("sibs_gateway.transaction").rows]
    .filter(({ kind }) => kind === "mandate")
    .map((row) => ({
      id: String(row.transaction_id),
      merchantTransactionId: String(row.merchant_transaction_id),
      status: row.mandate_status as SibsMandate["status"],
      limit: row.mandate_limit == null ? null : Number(row.mandate_limit),
      validUntil: row.mandate_valid_until == null ? null : String(row.mandate_valid_until),
      cannotBeEnded: row.fate === "mandate_not_canceled",
    }));
}

/** The journal, replayed from its first fact on, comes to the state that is stored. */
function journalAgrees(database: MemoryDatabase, mandate: Mandate, wrong: Wrong): void {
  const facts = database.of("caravela.fact");
  const rows = [...facts.inOrder("of_subject", mandate.id)].map((row) => facts.read(row) as never);
  const { sequence, looks, looked } = mandate;
  const told = { ...replayMandate(rows), ...looks, looks, looked, sequence };
  if (!isDeepStrictEqual(told, mandate)) wrong(mandate.id, "its journal comes to another state");
}
