import { checkDatabase } from "@caravela/platform/postgres/check";
import { readDirectUrl } from "@caravela/platform/postgres/database-settings";
import { type Environment, readTogether } from "@caravela/platform/settings";
import { type ApiKey, type KeysByCommand, workOnKeys } from "@caravela/server";
import { limitsOf } from "./limits-of.ts";
import { numberIn } from "./number-in.ts";

/** What was said behind a command, by the names of its options. */
type Options = Readonly<Record<string, string | undefined>>;

/** Prints every key, a line for each. */
export async function list(env: Environment): Promise<void> {
  const keys = await onKeys(env, (all) => all.list());
  for (const key of keys) console.log(lineOf(key));
  if (keys.length === 0) console.log("There are none but CARAVELA_API_KEY.");
}

/** Makes a key and prints it; its secret is the last line. */
export async function create(
  env: Environment,
  { name, scopes = "", terminal, refundLimit, captureLimit, expiresAt }: Options,
): Promise<void> {
  const named = scopes.split(",").map((scope) => scope.trim());
  const limits = { refundLimit: numberIn(refundLimit), captureLimit: numberIn(captureLimit) };
  const wanted = { name, scopes: named, terminal, ...limits, expiresAt };
  const { key, secret } = await onKeys(env, (keys) => keys.create(wanted));
  console.log(`${lineOf(key)}\nIts secret, which is told this once:\n${secret.reveal()}`);
}

/** Gives a key another secret and prints it; it is the last line. */
export async function roll(env: Environment, id: string, { overlapHours }: Options): Promise<void> {
  const { key, secret } = await onKeys(env, (keys) => keys.roll(id, { overlapHours: numberIn(overlapHours) }));
  const until = key.overlapEndsAt?.toISOString() ?? "now";
  console.log(
    `${lineOf(key)}\nThe old secret ends: ${until}. The new one, which is told this once:\n${secret.reveal()}`,
  );
}

/** Ends a key for good. */
export async function revoke(env: Environment, id: string): Promise<void> {
  await onKeys(env, (keys) => keys.revoke(id));
  console.log(`${id} opens nothing any more.`);
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
