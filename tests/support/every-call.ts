import type { Stage } from "./stage.ts";

/** A call of `/v1`, as the description has it. */
export interface Call {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** What it may be narrowed by. */
  readonly filters: readonly string[];
  /** An example of what it is sent. */
  readonly body: unknown;
}

interface Media {
  readonly example?: unknown;
  readonly schema?: { readonly examples?: readonly unknown[] };
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
}

/** Every call that there is. */
export async function everyCall(stage: Pick<Stage, "api">): Promise<Call[]> {
  const { paths } = (await stage.api("GET", "/openapi.json")).body;
  return Object.entries<Record<string, Described>>(paths)
    .filter(([path]) => path.startsWith("/v1/"))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => ({
        operationId,
        method: method.toUpperCase(),
        path,
        filters: parameters.filter((one) => one.in === "query").map(({ name }) => name),
        body: exampleIn(requestBody?.content["application/json"]),
      })),
    );
}

function exampleIn({ example, schema }: Media = {}): unknown {
  return example ?? schema?.examples?.[0];
}

/** What stands in a call's address, by what comes before it: a new kind of thing needs its line, and an example. */
export const IN_ADDRESS: readonly (readonly [place: RegExp, kind: string])[] = [
  [/\/payments\/\{id\}/, "pay"],
  [/\/attempts\/\{attempt\}/, "att"],
  [/\/operations\/\{id\}/, "rfd"],
  [/\/mandates\/\{id\}/, "man"],
  [/\/plans\/\{id\}/, "plan"],
  [/\/tokens\/\{id\}/, "tok"],
  [/\/events\/\{id\}/, "evt"],
  [/\/event-endpoints\/\{id\}/, "ep"],
  [/\/keys\/\{id\}/, "key"],
  [/\/operators\/\{id\}/, "op"],
  [/\/sessions\/\{id\}/, "ses"],
  [/\/passkeys\/\{id\}/, "pky"],
  [/\/approvals\/\{id\}/, "apr"],
  [/\/customers\/\{id\}/, "customer"],
  [/\/tasks\/\{id\}/, "task"],
  [/\/views\/\{id\}/, "view"],
];

/** The address of a call about what somebody has; each kind that it names is said by `whose`. */
export function addressOf(path: string, whose: (kind: string) => string): string {
  const filled = IN_ADDRESS.reduce(
    (address, [place, kind]) => address.replace(place, (found) => found.replace(/\{\w+\}/, whose(kind))),
    path,
  );
  if (filled.includes("{")) throw new Error(`${path} names what this test knows nothing of: give it a line`);
  return filled;
}
