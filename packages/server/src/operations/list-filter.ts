import { Type } from "typebox";
import {
  OPERATION_REASONS,
  OPERATION_STATUSES,
  type OperationKind,
  type OperationReason,
} from "../domain/payment/operation.ts";
import { isBounded } from "../domain/span.ts";
import { FilterReader, type Query, type ReadFilter, wordsQuery } from "../http/filters.ts";
import { text } from "../http/schemas.ts";
import { moneyFilters, onlyHolding, readMoneyFilters } from "../payments/list-filter.ts";
import type { OperationFilter } from "../storage/listed-operations.ts";

/** Why each is made. */
const REASONS: Readonly<Record<"refund" | "capture", readonly OperationReason[]>> = {
  refund: OPERATION_REASONS.filter((reason) => reason !== "automatic"),
  capture: ["requested", "automatic"],
};

/** What a list of refunds or of captures may be filtered by. */
export function operationFilters(kind: keyof typeof REASONS & OperationKind) {
  return {
    ...moneyFilters,
    payment: Type.Optional(text(40, "The payment that it is of.")),
    status: wordsQuery("How it stands.", OPERATION_STATUSES),
    reason: wordsQuery("Why it was made.", REASONS[kind]),
  };
}

/** Reads the filters of a list of refunds or of captures. */
export function readOperationFilter(kind: keyof typeof REASONS, query: Query): ReadFilter<OperationFilter> {
  const reader = new FilterReader(query);
  const filter: OperationFilter = {
    ...readMoneyFilters(reader),
    payment: reader.value("payment"),
    status: reader.words("status", OPERATION_STATUSES),
    reason: reader.words("reason", REASONS[kind]),
  };
  const { status, inDoubt } = filter;
  if (kind === "capture") onlyHolding(reader, filter);
  if (filter.sort === "paid" || isBounded(filter.paid)) {
    reader.onlyOf("status", status, ["succeeded"], "only what succeeded has a moment at which its money moved");
    if (inDoubt === true)
      reader.fault("in_doubt", "leaves nothing: what is in doubt has no moment at which it was done");
  }
  if (inDoubt !== null) {
    const can = OPERATION_STATUSES.filter((one) => (one === "in_doubt") === inDoubt);
    reader.onlyOf("status", status, can, `it is beside in_doubt=${inDoubt}`);
  }
  return { filter, faults: reader.faults };
}
