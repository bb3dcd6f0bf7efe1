import { checkDatabase } from "@caravela/platform/postgres/check";
import { readDirectUrl } from "@caravela/platform/postgres/database-settings";
import { type Environment, httpOrigin, port, readTogether, setting } from "@caravela/platform/settings";
import { type Operator, type OperatorsByCommand, workOnOperators } from "@caravela/server";
import { limitsOf } from "./limits-of.ts";
import { numberIn } from "./number-in.ts";
import { type Output, PEOPLE } from "./output.ts";

/** What was said behind a command, by the names of its options. */
type Options = Readonly<Record<string, string | undefined>>;

/** Prints everybody, a line for each. */
export async function list(env: Environment, output: Output = PEOPLE): Promise<void> {
  const operators = await onOperators(env, (all) => all.list());
  const nobody = "There is nobody yet: `caravela operator invite NAME --role owner` makes the first owner's link.";
  output.result({ data: operators.map(shown) }, operators.length === 0 ? nobody : operators.map(lineOf));
}

/** Invites somebody and prints their link, which is the last line. */
export async function invite(
  env: Environment,
  name: string,
  { role, terminal, refundLimit, captureLimit }: Options,
  output: Output = PEOPLE,
): Promise<void> {
  const server = readTogether(env, (reading) => {
    const where = setting(reading, "CARAVELA_PORT", { default: 3000, parse: port });
    // a passkey is made for a name, not for an address of numbers
    return setting(reading, "CARAVELA_PUBLIC_URL", { default: `http://localhost:${where}`, parse: httpOrigin });
  });
  const limits = { refundLimit: numberIn(refundLimit), captureLimit: numberIn(captureLimit) };
  const wanted = { name, role, terminal, ...limits };
  const { operator, path } = await onOperators(env, (operators) => operators.invite(wanted));
  const link = `${server}${path}`;
  output.result({ ...shown(operator), link }, [
    lineOf(operator),
    "The link, which is good for 15 minutes, once:",
    link,
  ]);
}

/** Removes somebody for good. */
export async function remove(env: Environment, named: string, output: Output = PEOPLE): Promise<void> {
  const { id, name } = await onOperators(env, (operators) => operators.remove(named));
  const line = `${id} ${JSON.stringify(name)} is signed out everywhere, and comes in no more.`;
  output.result({ id, name, removed: true }, line);
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

/** Somebody as a program is told of them, in the words of `/v1/operators`. */
function shown({ id, name, role, terminal, limits, seenAt }: Operator) {
  const [refundLimit, captureLimit] = [limits.refund.most, limits.capture.most];
  return { id, name, role, terminal, refundLimit, captureLimit, lastSeenAt: seenAt?.toISOString() ?? null };
}
