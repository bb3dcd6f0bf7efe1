/**
 * The schemas of SIBS's messages (typebox, JSON Schema): each named like its type, with `Schema` behind. The only entry
 * that needs `typebox`. They are tolerant as SIBS is: unknown members pass, a terminal id may be number or text, times
 * come in every form.
 */
export * from "./protocol/card.schema.ts";
export * from "./protocol/checkout.schema.ts";
export * from "./protocol/envelope.schema.ts";
export * from "./protocol/mandate.schema.ts";
export * from "./protocol/mbway.schema.ts";
export * from "./protocol/mit.schema.ts";
export * from "./protocol/multibanco.schema.ts";
export * from "./protocol/notification.schema.ts";
export * from "./protocol/operations.schema.ts";
export * from "./protocol/status.schema.ts";
export * from "./protocol/three-d-secure.schema.ts";
export * from "./protocol/token.schema.ts";
