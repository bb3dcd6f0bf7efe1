import type { Chance } from "@caravela/platform/chance";
import { deadline } from "@caravela/platform/timer";
import { cancelMandate as decideCancellation } from "../domain/mandate/decisions.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { InFlight } from "../sibs/in-flight.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { DecidesMandates } from "../storage/ports.ts";
import { type EndsMandates, endAtSibs } from "./end-at-sibs.ts";

/** What canceling a mandate may touch. */
export type CancelsMandates = EndsMandates &
  DecidesMandates & { readonly chance: Chance; readonly inFlight: Pick<InFlight, "track"> };

/** How long a caller waits for SIBS, in milliseconds; the mandate is canceled for us before it is asked. */
const PATIENCE_MS = 10_000;

/** Ends a mandate, for the shop or for the customer on our page: nothing is charged by it from now on. At SIBS it is ended right after. */
export async function cancelMandate(ports: CancelsMandates, id: string, key?: KeyRow): Promise<Mandate | Refusal> {
  const operation = ports.chance.id("mcn");
  const decided = await ports.mandates.decide(
    id,
    (state, given) => decideCancellation(state, { operation }, given),
    key === undefined ? undefined : () => key(id),
  );
  if ("refused" in decided) return decided;
  const { mandate, facts } = decided;
  if (!facts.some(({ kind }) => kind === "cancellation_sent")) return mandate;
  const ended = await deadline(ports.inFlight.track(operation, endAtSibs(ports, mandate)), PATIENCE_MS);
  return ended === "timeout" ? mandate : ended;
}
