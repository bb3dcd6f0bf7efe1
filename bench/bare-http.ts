import { fastify } from "fastify";
import { type Static, Type } from "typebox";

/**
 * The yardstick of everything that answers HTTP: the same framework, a request that is validated and a small answer,
 * and nothing else.
 */
const Order = Type.Object({ amount: Type.Integer({ minimum: 1 }), currency: Type.String(), reference: Type.String() });
const Answer = Type.Object({ id: Type.String(), amount: Type.Integer() });

const http = fastify();
http.post<{ Body: Static<typeof Order> }>(
  "/",
  { schema: { body: Order, response: { 201: Answer } } },
  (request, reply) => reply.code(201).send({ id: request.body.reference, amount: request.body.amount }),
);
process.once("disconnect", () => process.exit());
process.send?.({ url: await http.listen({ host: "127.0.0.1", port: 0 }) });
