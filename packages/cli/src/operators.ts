import { checkDatabase } from "@caravela/platform/postgres/check";
import { readDirectUrl } from "@caravela/platform/postgres/database-settings";
import { type Environment, httpOrigin, port, readTogether, setting } from "@caravela/platform/settings";
import { type Operator, type OperatorsByCommand, workOnOperators } from "@caravela/server";
import { limitsOf } from "./limits-of.ts";
import { numberIn } from "./number-in.ts";

/** What was said behind a command, by the names of its options. */
type Options = Readonly<Record<string, string | undefined>>;

/** Prints everybody, a line for each. */
export async function list(env: Environment): Promise<void> {
  const operators = await onOperators(env, (all) => all.list());
  for (const operator of operators) console.log(lineOf(operator));
  if (operators.length === 0)
    console.log("There is nobody yet: `caravela operator invite NAME --role owner` makes the first owner's link.");
}

/** Invites somebody and prints their link, which is the last line. */
export async function invite(
  env: Environment,
  name: string,
  { role, terminal, refundLimit, captureLimit }: Options,
): Promise<void> {
  const server = readTogether(env, (reading) => {
    const where = setting(reading, "CARAVELA_PORT", { default: 3000, parse: port });
    // a passkey is made for a name, not for an address of numbers
    return setting(reading, "CARAVELA_PUBLIC_URL", { default: `http://localhost:${where}`, parse: httpOrigin });
  });
  const limits = { refundLimit: numberIn(refundLimit), captureLimit: numberIn(captureLimit) };
  const wanted = { name, role, terminal, ...limits };
  const { operator, path } = await onOperators(env, (operators) => operators.invite(wanted));
  console.log(`${lineOf(operator)}\nThe link, which is good for 15 minutes, once:\n${server}${path}`);
}

/** Removes somebody for good. */
export async function remove(env: Environment, named: string): Promise<void> {
  const { id, name } = await onOperators(env, (operators) => operators.remove(named));
  console.log(`${id} ${JSON.stringify(name)} is signed out everywhere, and comes in no more.`);
}

async function onOperators<T>(env: Environment, work: (operators: OperatorsByCommand) => Promise<T>): Promise<T> {
  const { url, name } = readTogether(env, readDirectUrl);
  await checkDatabase(url, name);
  return workOnOperators(url, work);
}

function lineOf({ id, name, role, terminal, limits, seenAt }: Operator): string {
  return [
    `${id} ${JSON.stringify(name)} ${role}`,
    ...(terminal === null ? [] : [`of terminal ${terminal}`]),
    ...limitsOf(limits),
    seenAt === null ? "never seen yet" : `last seen ${seenAt.toISOString()}`,
  ].join(", ");
}
