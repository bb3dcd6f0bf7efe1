import type { Chance } from "@caravela/platform/chance";
import type { MandateId } from "../domain/identifiers.ts";
import { cancelMandate as decideCancellation } from "../domain/mandate/end.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { WaitsForSibs } from "../sibs/in-flight.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { DecidesMandates } from "../storage/ports.ts";
import { type EndsMandates, endAtSibs } from "./end-at-sibs.ts";

/** What canceling a mandate may touch. */
export type CancelsMandates = EndsMandates & DecidesMandates & WaitsForSibs & { readonly chance: Chance };

/**
 * Ends a mandate, for the shop or for the customer on our page: nothing is charged by it from now on. At SIBS it is
 * ended right after.
 */
export async function cancelMandate(ports: CancelsMandates, id: MandateId, key?: KeyRow): Promise<Mandate | Refusal> {
  const operation = ports.chance.id("mcn");
  const decided = await ports.mandates.decide(
    id,
    (state, given) => decideCancellation(state, { operation }, given),
    key === undefined ? undefined : () => key(id),
  );
  if ("refused" in decided) return decided;
  const ended = await ports.inFlight.waitFor(operation, endAtSibs(ports, decided));
  return ended === "timeout" ? decided.mandate : ended;
}
