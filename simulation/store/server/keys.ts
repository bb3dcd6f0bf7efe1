import { rowsIn } from "../columns.ts";
import type { Statement } from "../database.ts";
import { touched } from "../database.ts";
import { HOLD } from "./kept-shapes.ts";

const FOUND = ["key", "operation", "scope", "fingerprint", "resource", "status", "body", "created_at"];

/** The keys of requests, and what each was answered with. */
export const keyStatements: Readonly<Record<string, Statement>> = {
  "idempotency-find": (tables, [keys, operations]) => {
    const table = tables.of("caravela.idempotency");
    const wanted = new Set(operations as readonly string[]);
    return [...new Set(keys as readonly string[])]
      .flatMap((key) => table.having("key", key))
      .filter(({ operation }) => operation == null || wanted.has(String(operation)))
      .map((row) => ({ ...table.read(row, FOUND), held: Number(row.held_until) > tables.now }));
  },

  "idempotency-hold": (tables, [operation, key, made]) => {
    const table = tables.of("caravela.idempotency");
    const row = table.by("idempotency_operation", String(key), String(operation));
    const isHeld =
      row !== undefined && made != null && row.resource === made && row.status === null && !isErased(row.held_until);
    if (isHeld) table.update(row, { held_until: tables.now + HOLD });
    return touched(isHeld ? 1 : 0);
  },

  "idempotency-keep": (tables, [answers]) => {
    const table = tables.of("caravela.idempotency");
    return rowsIn(answers).flatMap(({ made: resource, at: created_at, ...answer }) => {
      const given = { ...answer, resource, created_at };
      const kept = table.upsert(given, "idempotency_operation", (known, { status, body }) =>
        known.status === null && resource != null && known.resource === resource && !isErased(known.held_until)
          ? { status, body }
          : null,
      );
      return kept === null ? [] : [table.read(kept, ["operation", "key"])];
    });
  },

  "idempotency-store": (tables, [scope, key, fingerprint, resource, status, body, created_at, operation]) => {
    const given = { scope, key, fingerprint, resource, status, body, created_at, operation };
    tables.of("caravela.idempotency").insert(given);
    return touched(1);
  },
};

/** Whose customer is erased: no answer is kept of it. */
const isErased = (heldUntil: unknown): boolean => heldUntil === Number.NEGATIVE_INFINITY;
