import { type FieldError, Problem } from "@caravela/platform/problems";
import type { Beyond, Caller, Scope } from "../domain/api-key.ts";
import { PROBLEMS } from "./problem-kinds.ts";
import type { MembersOf } from "./problem-members.ts";

/** What was to be given, and by whom. */
interface Given {
  readonly caller: Caller;
  readonly beyond: readonly Beyond[];
  /** The scopes that were named. */
  readonly scopes?: readonly Scope[];
  /** Whether the request itself names what goes too far. */
  readonly isNamed: boolean;
}

/** Everything that stands against giving what one has not, at once. */
export function beyondYours(
  kind: "key_beyond_yours" | "operator_beyond_yours",
  { caller, beyond, scopes = [], isNamed }: Given,
): Problem {
  const faults = beyond.map((one) => faultOf(one, scopes));
  const [scope] = beyond.flatMap((one) => (one.what === "scope" ? [one.scope] : []));
  const code = scope === undefined ? kind : "scope_missing";
  const { status, title } = PROBLEMS[code];
  const yours = caller.person === null ? "Your own API key" : "Your own role";
  return new Problem({
    code,
    status,
    title,
    detail: faults.map(({ message }) => `${yours} ${message}.`).join(" "),
    errors: isNamed ? faults : [],
    members: scope === undefined ? {} : ({ scope } satisfies MembersOf<"scope_missing">),
  });
}

function faultOf(one: Beyond, scopes: readonly Scope[]): FieldError {
  switch (one.what) {
    case "terminal":
      return { field: "/terminal", message: `is of terminal ${one.terminal} alone` };
    case "scope":
      return { field: `/scopes/${scopes.indexOf(one.scope)}`, message: `lacks the scope \`${one.scope}\`` };
    case "refundLimit":
      return { field: "/refundLimit", message: `may refund ${one.most} cents at most` };
    case "captureLimit":
      return { field: "/captureLimit", message: `may capture ${one.most} cents at most` };
    case "expiresAt":
      return { field: "/expiresAt", message: `ends at ${new Date(one.latest).toISOString()}` };
    case "budgets":
      return { field: "", message: `has a limit that these ${one.of}s do not count against` };
  }
}
