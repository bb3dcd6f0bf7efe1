import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { serializerCompiler } from "@caravela/platform/serialization";
import { validatorCompiler } from "@caravela/platform/validation";
import type { FastifyInstance, FastifySchema } from "fastify";
import type { TSchema } from "typebox";
import { expect, it } from "vitest";
import { setStage } from "../support/stage.ts";

/** What is told of a route, where somebody listens to what Fastify says of its instances. */
interface Route {
  readonly method: string | readonly string[];
  readonly url: string;
  readonly schema: FastifySchema;
}

const PARTS = ["params", "querystring", "body", "headers"] as const;

/** All routes of gateway and server, as they are set up. */
async function routesOfStage(): Promise<Route[]> {
  const routes: Route[] = [];
  const hear = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook("onRoute", ({ method, url, schema = {} }) => void routes.push({ method, url, schema }));
  };
  subscribe("fastify.initialization", hear);
  await (await setStage({ methods: ["mbway", "multibanco", "card"] })).close();
  unsubscribe("fastify.initialization", hear);
  return routes;
}

it("are compiled when a request first needs them, and there is none that could not be", async () => {
  let compiled = 0;
  for (const { method, url, schema } of await routesOfStage()) {
    const of = { method: String(method), url };
    for (const httpPart of PARTS.filter((part) => schema[part] !== undefined)) {
      const validate = validatorCompiler({ ...of, schema: schema[httpPart] as TSchema, httpPart });
      expect(() => validate({}), `${method} ${url}: ${httpPart}`).not.toThrow();
      compiled++;
    }
    for (const [httpStatus, answer] of Object.entries(schema.response ?? {})) {
      const serialize = serializerCompiler({ ...of, schema: answer as TSchema, httpStatus });
      // it may miss members, which it can tell only once it is made
      expect(() => tellingNothing(() => serialize({})), `${method} ${url}: ${httpStatus}`).not.toThrow();
      compiled++;
    }
  }
  expect(compiled).toBeGreaterThan(300);
});

/** What a serializer says of a value that lacks something is not that it could not be made. */
function tellingNothing(serialize: () => unknown): void {
  try {
    serialize();
  } catch (error) {
    if (!/is required!$/.test((error as Error).message)) throw error;
  }
}
