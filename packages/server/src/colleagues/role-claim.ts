import type { Role } from "../domain/person.ts";

/** Of several roles, the first of these. */
const BEFORE: readonly Role[] = ["owner", "refunder", "accountant", "support", "viewer"];

/**
 * What somebody is here, as their provider's claim has it: one text or a list of them, each a role's name, or that with
 * `caravela-` before it. The claim is called so, or lies there, step by step: `realm_access.roles`. Null: no role.
 */
export function readRole(claims: Readonly<Record<string, unknown>>, name: string): Role | null {
  const value = claims[name] ?? name.split(".").reduce<unknown>(memberOf, claims);
  const named = (Array.isArray(value) ? value : [value]).flatMap((one) =>
    typeof one === "string"
      ? [
          one
            .trim()
            .toLowerCase()
            .replace(/^caravela-/, ""),
        ]
      : [],
  );
  return BEFORE.find((role) => named.includes(role)) ?? null;
}

function memberOf(value: unknown, member: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, member)
    ? (value as Record<string, unknown>)[member]
    : undefined;
}
