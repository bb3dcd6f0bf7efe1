import { NO_ANSWER, PREFIXES, UNKNOWN } from "../../../packages/server/src/domain/payment/operation.ts";
import type { Row } from "../columns.ts";
import { microseconds } from "../columns.ts";
import { type Statement, type Tables, touched } from "../database.ts";

const STORED = ["state", "looks", "looked"];

type SubjectTable = "payment" | "mandate";

/** What is read of payments and mandates, and when they are looked at again. */
export const subjectStatements: Readonly<Record<string, Statement>> = {
  ...ofSubjects("payment"),
  ...ofSubjects("mandate"),
  "payment-done-after-capture": operationDoneAfter(PREFIXES.capture),
  "payment-done-after-cancellation": operationDoneAfter(PREFIXES.cancellation),
  "payment-done-after-refund": operationDoneAfter(PREFIXES.refund),
  "payment-done-after-charge": chargeDoneAfter,

  "payment-was-heard-of": (tables, [payment, operation]) => [
    { heard: factsOf(tables, payment).some((fact) => fact.operation === operation && isHeard(fact)) },
  ],

  "payment-is-erased": (tables, [id]) => {
    const row = tables.of("caravela.payment").get(String(id));
    return row === undefined ? [] : [{ erased: stateOf(row).erasedAt != null }];
  },

  "mandate-pending": (tables, [phone, type, reference, description, terminal, before]) => {
    const mandates = tables.of("caravela.mandate");
    return mandates
      .having("phone", String(phone))
      .filter((row) => row.status === "pending" && row.type === type && row.description === description)
      .filter((row) => (row.reference ?? "") === reference && (row.terminal ?? before) === terminal)
      .map((row) => mandates.read(row, STORED));
  },

  "mandate-active-of": (tables, [customer, terminal, before]) => {
    const mandates = tables.of("caravela.mandate");
    return mandates
      .having("customer_id", String(customer))
      .filter((row) => row.status === "active" && (row.terminal ?? before) === terminal)
      .toSorted(newestFirst)
      .map((row) => mandates.read(row, STORED));
  },

  "mandate-of-customer": (tables, [ids, customer, terminal, before]) =>
    (ids as readonly string[])
      .map((id) => tables.of("caravela.mandate").get(id))
      .filter((row) => row !== undefined)
      .filter((row) => row.customer_id === customer && (row.terminal ?? before) === terminal)
      .map(({ id }) => ({ id })),

  "changes-look": (tables, [ids]) =>
    ["payment", "mandate"].flatMap((table) =>
      (ids as readonly string[])
        .map((id) => tables.of(`caravela.${table}`).get(id))
        .filter((row) => row !== undefined)
        .map(({ id, version }) => ({ id, version })),
    ),
};

function ofSubjects(name: SubjectTable): Readonly<Record<string, Statement>> {
  const table = `caravela.${name}`;
  return {
    [`${name}-load`]: (tables, [ids]) =>
      [...new Set(ids as readonly string[])]
        .map((id) => tables.of(table).get(id))
        .filter((row) => row !== undefined)
        .map((row) => tables.of(table).read(row, ["id", ...STORED])),

    [`${name}-find-by`]: (tables, [key]) => {
      const found = tables.of("caravela.found_by").get(String(key));
      const row = found === undefined ? undefined : tables.of(table).get(found.subject_id ?? null);
      return row === undefined ? [] : [tables.of(table).read(row, STORED)];
    },

    [`${name}-journal`]: (tables, [id]) => {
      const facts = tables.of("caravela.fact");
      const columns = ["number", "at", "kind", "version", "data"];
      return [...facts.inOrder("of_subject", String(id))].map((fact) => facts.read(fact, columns));
    },

    [`${name}-rest`]: (tables, [id, due_at, unawaited_at, version, looked]) => {
      const row = tables.of(table).get(String(id));
      const isSame = row !== undefined && row.version === version && row.looked === looked;
      if (isSame) tables.of(table).update(row, { due_at, unawaited_at });
      return touched(isSame ? 1 : 0);
    },

    [`${name}-hurry`]: (tables, [id, now]) => {
      const row = tables.of(table).get(String(id));
      const isDue = row?.due_at != null && Number(row.due_at) <= microseconds(now) && row.due_at === row.unawaited_at;
      if (isDue) tables.of(table).update(row, { unawaited_at: null });
      return touched(isDue ? 1 : 0);
    },
  };
}

/** A line of a journal, as far as it is looked through. */
interface Fact {
  readonly kind: unknown;
  readonly at: number;
  readonly [member: string]: unknown;
}

const factOf = ({ kind, at, data }: Row): Fact => ({ ...JSON.parse(String(data)), kind, at: Number(at) });

function factsOf(tables: Tables, subject: unknown): readonly Fact[] {
  return [...tables.of("caravela.fact").inOrder("of_subject", String(subject))].map(factOf);
}

const isHeard = ({ kind, said }: Fact): boolean =>
  kind === "operation_notified" ||
  kind === "operation_noticed" ||
  (kind === "operation_asked" && said != null && said !== UNKNOWN && said !== NO_ANSWER);

/** Found by an operation's success, whoever was not told of it by a person. */
function operationDoneAfter(prefix: string): Statement {
  return (tables, [sentAt, terminal, before]) => {
    const since = microseconds(sentAt);
    for (const row of tables.of("caravela.fact").inOrder("done", prefix).after(since)) {
      const done = factOf(row);
      const isSentSince = (fact: Fact) =>
        fact.kind === "operation_sent" && fact.operation === done.operation && fact.at > since;
      if (done.saidBy != null || !isAt(tables, row, terminal, before)) continue;
      if (factsOf(tables, row.subject_id).some(isSentSince)) return [{ id: done.operation }];
    }
    return [];
  };
}

/** Found by a charge's own transaction. */
function chargeDoneAfter(tables: Tables, [sentAt, terminal, before]: readonly unknown[]): readonly object[] {
  const since = microseconds(sentAt);
  for (const row of tables.of("caravela.fact").inOrder("named").after(since)) {
    const { attempt } = factOf(row);
    const facts = factsOf(tables, row.subject_id).filter((fact) => fact.attempt === attempt);
    const isSentSince = (fact: Fact) =>
      fact.kind === "attempt_submitted" && fact.transactionId == null && fact.at > since;
    const isDone = (fact: Fact) => fact.kind === "attempt_approved" && fact.saidBy == null;
    if (!facts.some(isSentSince) || !isAt(tables, row, terminal, before)) continue;
    if (facts.some(isDone)) return [{ id: attempt }];
  }
  return [];
}

/** Whether what a line is of is a payment at that terminal. */
function isAt(tables: Tables, { subject_id }: Row, terminal: unknown, before: unknown): boolean {
  const payment = tables.of("caravela.payment").get(subject_id ?? null);
  return payment !== undefined && (payment.terminal ?? before) === terminal;
}

const stateOf = ({ state }: Row): Readonly<Record<string, unknown>> => JSON.parse(String(state));

/** The newest first, those of one moment by their identifiers. */
export function newestFirst(one: Row, other: Row): number {
  return Number(other.created_at) - Number(one.created_at) || (String(one.id) < String(other.id) ? 1 : -1);
}
