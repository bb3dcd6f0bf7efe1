import type { Row } from "../columns.ts";
import { microseconds } from "../columns.ts";
import { type Statement, type Tables, touched } from "../database.ts";
import { newestFirst } from "./subjects.ts";

/** What is kept beside payments and mandates. */
export const keptStatements: Readonly<Record<string, Statement>> = {
  "continuation-keep": (tables, [attempt_id, transaction_id, signature, created_at]) => {
    const changes = { transaction_id, signature, created_at };
    tables.of("caravela.continuation").upsert({ attempt_id, ...changes }, "continuation_pkey", () => changes);
    return touched(1);
  },

  "continuation-find": (tables, [attempt]) => {
    const row = tables.of("caravela.continuation").get(String(attempt));
    return row === undefined ? [] : [{ transaction_id: row.transaction_id, signature: row.signature }];
  },

  "card-try-count": (tables, [since, payment, address, terminal, before]) => {
    const tries = tables.of("caravela.card_try").inOrder("newest").after(microseconds(since)).toArray();
    const count = (is: (row: Row) => boolean) => tries.filter(is).length;
    return [
      {
        perPayment: count((row) => row.payment_id === payment),
        perAddress: count((row) => address != null && row.address === address),
        perTerminal: count((row) => (row.terminal ?? before) === terminal),
      },
    ];
  },

  "card-try": (tables, [at, payment_id, address, terminal]) => {
    tables.of("caravela.card_try").insert({ at, payment_id, address, terminal });
    return touched(1);
  },

  "saved-card-find": (tables, [id]) => {
    const row = tables.of("caravela.saved_card").get(String(id));
    return row === undefined ? [] : [shownCard(tables, row)];
  },

  "saved-card-of": (tables, [customer]) =>
    tables
      .of("caravela.saved_card")
      .having("customer_id", String(customer))
      .toSorted(newestFirst)
      .map((row) => shownCard(tables, row)),

  "saved-card-forget": (tables, [id]) => {
    const row = tables.of("caravela.saved_card").get(String(id));
    if (row !== undefined) tables.of("caravela.saved_card").remove(row);
    return touched(row === undefined ? 0 : 1);
  },

  "customer-mail-forget-network": (tables, [before]) => {
    const mails = tables.of("caravela.customer_mail");
    const old = [...mails.rows].filter((row) => row.network !== null && Number(row.at) < microseconds(before));
    for (const row of old) mails.update(row, { network: null });
    return touched(old.length);
  },

  "refund-day-left": (tables, [keys, day]) =>
    [...new Set(keys as readonly string[])]
      .map((key) => tables.of("caravela.refund_day").get(key, String(day)))
      .filter((row) => row !== undefined)
      .map(({ key_id, amount }) => ({ key_id, amount })),
};

/** The columns of a card, and what each is called where it is read. */
const CARD = [
  ["id", "id"],
  ["terminal", "terminal"],
  ["customer_id", "customerId"],
  ["value", "value"],
  ["brand", "brand"],
  ["last_four", "lastFour"],
  ["expiry", "expiry"],
  ["payment_id", "paymentId"],
  ["transaction_id", "transactionId"],
  ["consented_at", "consentedAt"],
  ["created_at", "createdAt"],
] as const;

function shownCard(tables: Tables, row: Row): object {
  const read = tables.of("caravela.saved_card").read(row);
  return Object.fromEntries(CARD.map(([column, name]) => [name, read[column]]));
}
