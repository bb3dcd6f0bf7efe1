import type { Clock } from "@caravela/platform/clock";
import { pause } from "@caravela/platform/timer";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { looksLikeTransactionId } from "../domain/transaction.ts";
import type { CallFault, Faults } from "../faults/faults.ts";
import type { Terminals } from "../terminals/terminals.ts";
import { type Answer, execution } from "./answers.ts";
import type { Call, Gateway } from "./call.ts";
import { cardPurchase } from "./card.ts";
import { checkout } from "./checkout.ts";
import { authenticate, type Caller, type Scheme } from "./credentials.ts";
import { readJsonBodies } from "./json-bodies.ts";
import {
  cancelMandate,
  createMandate,
  createMandateOnCheckout,
  inquireMandate,
  inquireMandateDetail,
  listMandates,
} from "./mandates.ts";
import { mbwayPurchase } from "./mbway.ts";
import { generateReference } from "./multibanco.ts";
import { cancelPayment, capturePayment, chargePayment, refundPayment } from "./operations.ts";
import { Refusal, refusals } from "./refusals.ts";
import { answerRefusals, PREFIXES } from "./refusing.ts";
import { status, statusByMerchantId } from "./status.ts";
import { tokenPurchase } from "./token.ts";

/** One call of SIBS's API. Its name is what faults are keyed by. */
interface Route {
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly scheme: Scheme;
  /** How an id in the path is refused that is of nothing. */
  readonly unknown?: () => Refusal;
  readonly answer: (call: Call, gateway: Gateway) => Promise<Answer>;
}

const payment = (name: string) => ({ name, url: `/payments/:transactionID/${name}` });

const mandate = (name: string) => ({
  name: `mbway-mandates/${name}`,
  method: "POST" as const,
  url: `/mbway-mandates/:transactionID/${name}`,
  scheme: "bearer" as const,
  unknown: refusals.unknownMandate,
});

/** The calls, under each prefix. */
const routes: readonly Route[] = [
  { name: "payments", method: "POST", url: "/payments", scheme: "bearer", answer: checkout },
  { ...payment("service-reference/generate"), method: "POST", scheme: "digest", answer: generateReference },
  { ...payment("mbway-id/purchase"), method: "POST", scheme: "digest", answer: mbwayPurchase },
  { ...payment("card/purchase"), method: "POST", scheme: "digest", answer: cardPurchase },
  { ...payment("token/purchase"), method: "POST", scheme: "digest", answer: tokenPurchase },
  { ...payment("status"), method: "GET", scheme: "either", answer: status },
  { name: "status", method: "GET", url: "/payments/status", scheme: "bearer", answer: statusByMerchantId },
  { ...payment("capture"), method: "POST", scheme: "bearer", answer: capturePayment },
  { ...payment("cancellation"), method: "POST", scheme: "bearer", answer: cancelPayment },
  { ...payment("refund"), method: "POST", scheme: "bearer", answer: refundPayment },
  { ...payment("mit"), method: "POST", scheme: "bearer", answer: chargePayment },
  { ...mandate("creation"), url: "/mbway-mandates/creation", answer: createMandate },
  { ...mandate("creation"), unknown: refusals.unknownTransaction, answer: createMandateOnCheckout },
  { ...mandate("inquiry"), answer: inquireMandate },
  { ...mandate("inquiry-detail"), answer: inquireMandateDetail },
  { ...mandate("list"), url: "/mbway-mandates/list", answer: listMandates },
  { ...mandate("cancel"), answer: cancelMandate },
];

/** The name of every call, each once. */
export const callNames: readonly string[] = [...new Set(routes.map(({ name }) => name))];

const METHODS = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"];

/** What every call needs beside the gateway. */
export interface SpgOptions {
  readonly gateway: Gateway;
  readonly terminals: Terminals;
  readonly faults: Faults;
}

/** Serves SIBS's API under both prefixes. */
export function serveSpg(http: FastifyInstance, options: SpgOptions): void {
  for (const prefix of PREFIXES) {
    http.register(
      async (spg) => {
        readJsonBodies(spg);
        answerRefusals(spg, options.gateway.clock);
        for (const route of routes) serve(spg, route, options);
      },
      { prefix },
    );
  }
}

/** A call's way: faults, credentials, and only then the body (reference 1.2). */
function serve(spg: FastifyInstance, route: Route, { gateway, terminals, faults }: SpgOptions): void {
  const { signatures, clock } = gateway;
  const { unknown = refusals.unknownTransaction } = route;
  const calls = new WeakMap<FastifyRequest, { startedAt: Date; fault: CallFault; caller: Caller }>();
  spg.route<{ Params: { transactionID?: string }; Querystring: Record<string, unknown> }>({
    method: route.method,
    url: route.url,
    onRequest: async (request, reply) => {
      if (route.scheme === "digest") allowBrowsers(reply);
      const { transactionID } = request.params;
      // the seed's own page posted so, before it had a checkout
      if (transactionID === "") throw unknown();
      const startedAt = clock.now();
      const fault = await faults.forCall(route.name);
      if (fault.delayMs > 0) await pause(fault.delayMs);
      if (fault.instead !== null) return answerInstead(reply, fault.instead, clock);
      const caller = await authenticate(request.headers, route.scheme, { terminals, signatures });
      if (transactionID !== undefined && !looksLikeTransactionId(transactionID)) throw unknown();
      calls.set(request, { startedAt, fault, caller });
    },
    handler: async (request, reply) => {
      const known = calls.get(request);
      if (known === undefined) throw new Error("a call arrived without its credentials");
      const { params, query, headers, body } = request;
      const origin = `${request.protocol}://${request.host}`;
      const call = { ...known, origin, transactionId: params.transactionID ?? "", headers, query, body };
      const answered = await answerOrRefusal(route.answer(call, gateway));
      if (answered === "cut" || known.fault.dropAnswer) return cut(reply);
      if (answered instanceof Refusal) throw answered;
      return reply.code(answered.status).send(answered.body);
    },
  });
  refuseOtherMethods(spg, route);
}

/** A dropped answer is dropped whatever it says. */
async function answerOrRefusal(answering: Promise<Answer>): Promise<Answer | Refusal> {
  return answering.catch((error) => {
    if (error instanceof Refusal) return error;
    throw error;
  });
}

function cut(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

/** A browser may hold the transactionSignature and make the method call itself (inferred, reference 1.4). */
function allowBrowsers(reply: FastifyReply): void {
  reply.header("access-control-allow-origin", "*");
}

function refuseOtherMethods(spg: FastifyInstance, { method, url, scheme }: Route): void {
  const browsers = scheme === "digest";
  if (browsers) {
    spg.options(url, async (_request, reply) => {
      allowBrowsers(reply);
      return reply
        .code(204)
        .header("access-control-allow-methods", `${method}, OPTIONS`)
        .header("access-control-allow-headers", "Authorization, Content-Type, Accept, X-IBM-Client-Id")
        .header("access-control-max-age", "600")
        .send();
    });
  }
  spg.route({
    method: METHODS.filter((other) => other !== method && !(browsers && other === "OPTIONS")),
    url,
    onRequest: async () => {
      throw refusals.method(browsers ? [method, "OPTIONS"] : [method]);
    },
    handler: async () => undefined,
  });
}

/** An injected fault: what stands in front of SIBS answers, and nothing was done. */
function answerInstead(reply: FastifyReply, instead: number | "html", clock: Clock): FastifyReply {
  if (instead === "html") {
    const page = "<!DOCTYPE html><html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>";
    return reply.code(502).type("text/html").send(page);
  }
  const now = clock.now();
  // T9999 is SIBS's word for a temporary condition (reference 11.1)
  const statusCode = instead === 503 ? "T9999" : "E0301";
  const returnStatus = { statusCode, statusMsg: "Error", statusDescription: "Injected by /sandbox/faults" };
  return reply.code(instead).send({ returnStatus, execution: execution(now, now) });
}
