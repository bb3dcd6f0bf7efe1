import type { Log } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { FieldError } from "@caravela/platform/problems";
import type { EndpointId } from "../domain/identifiers.ts";
import type { AddressRules } from "./addresses.ts";
import { type Lookup, leadsInside, neverReached } from "./destination.ts";
import { endpointAt, knownEndpoints, type SaveEndpoint } from "./endpoints.ts";
import { EVENT_TYPES } from "./types.ts";

interface Means {
  readonly pool: Pool;
  readonly rules: AddressRules;
  readonly lookup?: Lookup;
}

const INSIDE =
  "leads to an address inside (this machine, a private network): use one on the internet, or allow it by CARAVELA_EVENT_NETWORKS";

/**
 * Everything that stands against an endpoint. One that was there before addresses inside were refused may be registered
 * again.
 */
export async function faultsOf(
  { url, types, terminal }: Pick<SaveEndpoint, "url" | "types" | "terminal">,
  { pool, rules, lookup }: Means,
): Promise<FieldError[]> {
  const faults: FieldError[] = [];
  const never = neverReached(url);
  if (never !== null) faults.push({ field: "/url", message: never });
  else if (await leadsInside(url, rules, lookup)) {
    const isOld = endpointAt({ url, terminal }, await knownEndpoints(pool))?.mayBeInside === true;
    if (!isOld) faults.push({ field: "/url", message: INSIDE });
  }
  for (const [place, type] of (types ?? []).entries()) {
    if (type === "*" || EVENT_TYPES.some((known) => known === type)) continue;
    faults.push({
      field: `/types/${place}`,
      message: `is no type of event: use "*" or any of ${EVENT_TYPES.join(", ")}`,
    });
  }
  return faults;
}

/** An endpoint that would be refused if it were registered now. */
export interface Doubtful {
  readonly id: EndpointId;
  /** Where it is, without what may be secret in it. */
  readonly at: string;
  readonly why: string;
}

/**
 * The registered endpoints that would be refused now. Those from before there were such rules are sent events as long
 * as they can be reached.
 */
export async function doubtfulEndpoints({ pool, rules, lookup }: Means): Promise<Doubtful[]> {
  const looked = (await knownEndpoints(pool)).map(async ({ id, url }) => {
    const why = neverReached(url) ?? ((await leadsInside(url, rules, lookup)) ? INSIDE : null);
    return why === null ? [] : [{ id, at: URL.canParse(url) ? new URL(url).origin : "", why }];
  });
  return (await Promise.all(looked)).flat();
}

/** Names them in the log. */
export async function nameUnreachable(means: Means & { readonly log: Log }): Promise<void> {
  try {
    for (const { id, at, why } of await doubtfulEndpoints(means))
      means.log.warn({ endpoint: id, at }, `an event endpoint ${why}`);
  } catch (error) {
    means.log.warn({ err: error }, "event endpoints could not be looked at");
  }
}
