import type { Queries } from "@caravela/platform/postgres/pool";
import type { Secret } from "@caravela/platform/secret";
import type { Static } from "typebox";
import { type Beyond, beyond, type Caller, SCOPES, type Scope } from "../domain/api-key.ts";
import type { ApiKeyId, TerminalId } from "../domain/identifiers.ts";
import { givenLimits, type NamedLimits, NOT_LIMITED, namedIn, withOwnDays } from "../domain/limit.ts";
import { HOUR, type Instant } from "../domain/time.ts";
import type { Timed } from "../given.ts";
import type { ApiKey, ApiKeys } from "../storage/api-keys.ts";
import { type createBody, OVERLAP_HOURS } from "./schemas.ts";

/** What whoever makes keys may touch. */
export interface ManagesKeys extends Timed {
  readonly keys: ApiKeys;
}

/** What a new key shall be good for. */
export interface WantedKey extends NamedLimits {
  readonly name: string;
  readonly terminal: TerminalId | null;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Instant | null;
}

/** What is asked for of a terminal, or of all, by a request or a command. */
export function wantedKey(
  { name, scopes, expiresAt = null, ...said }: Static<typeof createBody>,
  terminal: TerminalId | null,
): WantedKey {
  return {
    name: name.trim(),
    terminal,
    scopes,
    ...NOT_LIMITED,
    ...namedIn(said),
    expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
  };
}

/** A key, and the secret that opens it, which is told this once. */
export interface Opened {
  readonly key: ApiKey;
  readonly secret: Secret;
}

/** Why a key is not made, or not rolled. */
export type Unwilling =
  | { readonly beyond: readonly Beyond[]; readonly scopes: readonly Scope[] }
  | { readonly expired: Instant };

/** Makes a key of what whoever makes it has. On a connection in whose transaction it is. */
export async function createKey(
  { keys, chance, clock }: ManagesKeys,
  connection: Queries,
  maker: Caller,
  { name, terminal, scopes, expiresAt, ...most }: WantedKey,
): Promise<Opened | Unwilling> {
  if (expiresAt !== null && expiresAt <= clock.now().getTime()) return { expired: expiresAt };
  const id = chance.id("key");
  const ordered = SCOPES.filter((scope) => scopes.includes(scope));
  const limits = withOwnDays(id, givenLimits(id, most, maker.limits));
  const key = { id, name, terminal, scopes: ordered, limits, expiresAt };
  const gone = beyond(maker, key);
  return gone.length > 0 ? { beyond: gone, scopes } : keys.create(connection, key);
}

/**
 * Gives a key another secret; those it had go on for as many hours. It is told to whoever asks: so the key may be good
 * for nothing that theirs is not. Null: there is no such key.
 */
export async function rollKey(
  { keys, clock }: ManagesKeys,
  connection: Queries,
  roller: Caller,
  { id, overlapHours }: { readonly id: ApiKeyId; readonly overlapHours: number | null },
): Promise<Opened | Unwilling | null> {
  const now = clock.now().getTime();
  const key = await keys.hold(connection, id);
  if (key === null) return null;
  if (key.expiresAt !== null && key.expiresAt <= now) return { expired: key.expiresAt };
  const gone = beyond(roller, key);
  if (gone.length > 0) return { beyond: gone, scopes: key.scopes };
  return keys.roll(connection, key, now + (overlapHours ?? OVERLAP_HOURS.usual) * HOUR);
}
