import fastJsonStringify from "fast-json-stringify";
import type { FastifySerializerCompiler } from "fastify";
import type { TSchema } from "typebox";

type Serialize = (value: unknown) => string;

/** By the schema's own text: what it says is all that a serializer is made of. */
const known = new Map<string, Serialize>();

/**
 * Writes answers as their schemas say. A serializer takes milliseconds to make, and most answers of a program share a
 * few schemas: each is made once.
 */
export const serializerCompiler: FastifySerializerCompiler<TSchema> = ({ schema }) => {
  const text = JSON.stringify(schema);
  const serialize = known.get(text) ?? fastJsonStringify(JSON.parse(text));
  known.set(text, serialize);
  return serialize;
};
