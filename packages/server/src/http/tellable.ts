import { isCivilDate } from "@caravela/platform/lisbon";
import { isMoment } from "@caravela/platform/validation";
import type { Told } from "../domain/audit.ts";
import { ownId } from "../domain/identifiers.ts";

/** A JSON schema as far as it is read here. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** The schemas that a value may be of. */
export function variantsOf(schema: unknown): readonly Schema[] {
  const { anyOf, ...one } = (schema ?? {}) as Schema;
  return anyOf === undefined ? [one] : anyOf.flatMap(variantsOf);
}

/**
 * What may be told of an object for good: of the members that its schema names, numbers and flags, words of which the
 * schema lists all, moments, and identifiers of ours. What somebody wrote is none of these. Null: there is none.
 */
export function tellable(schema: unknown, value: unknown): Told | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const members = variantsOf(schema).flatMap(({ properties = {} }) => Object.entries(properties));
  const told = members.flatMap(([name, member]) => {
    const one = oneTold(variantsOf(member), (value as Record<string, unknown>)[name]);
    return one === undefined ? [] : [[name, one] as const];
  });
  return told.length === 0 ? null : Object.fromEntries(told);
}

function oneTold(schemas: readonly Schema[], value: unknown): Told[string] | undefined {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) {
    const items = schemas.flatMap((schema) => variantsOf(schema.items));
    return value.every((item) => typeof item === "string" && isTellable(items, item)) ? value : undefined;
  }
  return typeof value === "string" && isTellable(schemas, value) ? value : undefined;
}

function isTellable(schemas: readonly Schema[], text: string): boolean {
  const isListed = schemas.some((schema) => schema.const === text || schema.enum?.includes(text) === true);
  const isWhen = schemas.some(({ format }) => format === "date-time" || format === "date");
  return isListed || (isWhen && (isMoment(text) || isCivilDate(text))) || ownId(text) !== null;
}
