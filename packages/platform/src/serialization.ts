import fastJsonStringify from "fast-json-stringify";
import type { FastifySerializerCompiler } from "fastify";
import type { TSchema } from "typebox";
import { CompiledSchemas } from "./compiled-schemas.ts";

const serializers = new CompiledSchemas<(value: unknown) => string>((schema) => fastJsonStringify(schema));

/** Writes answers as their schemas say. */
export const serializerCompiler: FastifySerializerCompiler<TSchema> = ({ schema }) => {
  const serializer = serializers.of(schema);
  return (value) => serializer()(value);
};
