import { checkDatabase } from "@caravela/platform/postgres/check";
import { readDirectUrl } from "@caravela/platform/postgres/database-settings";
import { type Environment, readTogether } from "@caravela/platform/settings";
import { type ApiKey, type KeysByCommand, workOnKeys } from "@caravela/server";
import { limitsOf } from "./limits-of.ts";
import { numberIn } from "./number-in.ts";
import { type Output, PEOPLE } from "./output.ts";

/** What was said behind a command, by the names of its options. */
type Options = Readonly<Record<string, string | undefined>>;

/** Prints every key, a line for each. */
export async function list(env: Environment, output: Output = PEOPLE): Promise<void> {
  const keys = await onKeys(env, (all) => all.list());
  const lines = keys.length === 0 ? "There are none but CARAVELA_API_KEY." : keys.map(lineOf);
  output.result({ data: keys.map((key) => shown(key, null)) }, lines);
}

/** Makes a key and prints it; its secret is the last line. */
export async function create(
  env: Environment,
  { name, scopes = "", terminal, refundLimit, captureLimit, expiresAt }: Options,
  output: Output = PEOPLE,
): Promise<void> {
  const named = scopes.split(",").map((scope) => scope.trim());
  const limits = { refundLimit: numberIn(refundLimit), captureLimit: numberIn(captureLimit) };
  const wanted = { name, scopes: named, terminal, ...limits, expiresAt };
  const { key, secret } = await onKeys(env, (keys) => keys.create(wanted));
  const lines = [lineOf(key), "Its secret, which is told this once:", secret.reveal()];
  output.result(shown(key, secret.reveal()), lines);
}

/** Gives a key another secret and prints it; it is the last line. */
export async function roll(
  env: Environment,
  id: string,
  { overlapHours }: Options,
  output: Output = PEOPLE,
): Promise<void> {
  const { key, secret } = await onKeys(env, (keys) => keys.roll(id, { overlapHours: numberIn(overlapHours) }));
  const until = key.overlapEndsAt?.toISOString() ?? "now";
  const told = `The old secret ends: ${until}. The new one, which is told this once:`;
  output.result(shown(key, secret.reveal()), [lineOf(key), told, secret.reveal()]);
}

/** Ends a key for good. */
export async function revoke(env: Environment, id: string, output: Output = PEOPLE): Promise<void> {
  await onKeys(env, (keys) => keys.revoke(id));
  output.result({ id, revoked: true }, `${id} opens nothing any more.`);
}

async function onKeys<T>(env: Environment, work: (keys: KeysByCommand) => Promise<T>): Promise<T> {
  const { url, name } = readTogether(env, readDirectUrl);
  await checkDatabase(url, name);
  return workOnKeys(url, work);
}

function lineOf({ id, name, terminal, scopes, limits, expiresAt, usedAt }: ApiKey): string {
  return [
    `${id} ${JSON.stringify(name)} ${scopes.join(",")}`,
    ...(terminal === null ? [] : [`of terminal ${terminal}`]),
    ...limitsOf(limits),
    ...(expiresAt === null ? [] : [`until ${new Date(expiresAt).toISOString()}`]),
    usedAt === null ? "not used yet" : `last used ${usedAt.toISOString()}`,
  ].join(", ");
}

/** A key as a program is told of it: what `/v1/keys` shows, in its words. */
function shown(key: ApiKey, secret: string | null): object {
  const { id, name, terminal, scopes, limits, expiresAt, usedAt, overlapEndsAt } = key;
  return {
    id,
    name,
    terminal,
    scopes,
    refundLimit: limits.refund.most,
    captureLimit: limits.capture.most,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    secret,
    lastUsedAt: usedAt?.toISOString() ?? null,
    overlapEndsAt: overlapEndsAt?.toISOString() ?? null,
  };
}
