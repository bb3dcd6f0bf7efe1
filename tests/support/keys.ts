import type { Answer } from "./json.ts";
import type { Stage } from "./stage.ts";

/** Calls the API by a key. */
export type CallsBy = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Calls the API by another key than the stage's. */
export function callingBy(stage: Pick<Stage, "api">, secret: string): CallsBy {
  return (method, path, body, headers = {}) =>
    stage.api(method, path, body, { authorization: `Bearer ${secret}`, ...headers });
}

/** A key that was made, and calls by it. */
export interface MadeKey {
  readonly id: string;
  readonly secret: string;
  readonly api: CallsBy;
}

/** Makes a key of these scopes. @param by whose key makes it */
export async function makeKey(
  stage: Pick<Stage, "api">,
  scopes: readonly string[],
  changes: object = {},
  by: CallsBy = stage.api,
): Promise<MadeKey> {
  const { status, body } = await by("POST", "/v1/keys", { name: "Till", scopes, ...changes });
  if (status !== 201) throw new Error(`no key: ${JSON.stringify(body)}`);
  return { id: body.id, secret: body.secret, api: callingBy(stage, body.secret) };
}
