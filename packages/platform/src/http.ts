import type { IncomingMessage, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
  type RawServerDefault,
  type RouteOptions,
} from "fastify";
import { readNetworks } from "./address.ts";
import { type Chance, systemChance } from "./chance.ts";
import { closeWhenDone } from "./closing.ts";
import { takeJson } from "./json.ts";
import { type Log, ofOwnWords } from "./log.ts";
import { DatabaseAway, isRace } from "./postgres/away.ts";
import { unholdable } from "./postgres/text.ts";
import { httpProblems, Problem } from "./problems.ts";
import { type RefusedAt, refuseUnreadable, sendRefused } from "./refused.ts";
import { serializerCompiler } from "./serialization.ts";
import { faultsOf, REMEDY, validatorCompiler, wordless } from "./validation.ts";

/** A web server whose routes are typed by their TypeBox schemas. */
export type Http = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** In bytes. Between the two an address is read and refused by name; what is longer Node does not read at all. */
const LONGEST_URL = 8 * 1024;
const MOST_HEADERS = 32 * 1024;

function isLong({ url = "" }: IncomingMessage): boolean {
  return url.length > LONGEST_URL;
}

/**
 * Makes a web server that validates by TypeBox schemas, gives each request an id (`x-request-id` in its answer), logs
 * one line for each answer and answers every error as a problem, without a word of its inside, or as `refusedAt` has
 * it. Bodies are JSON, unless a scope says otherwise. `bodyLimit` is in bytes. What `customerAddress` says of a request
 * is told by `trustedProxies` (addresses, networks, `loopback`). `rewriteUrl` spells an address as the routes do.
 */
export function createHttp(options: {
  log: Log;
  bodyLimit?: number;
  trustedProxies?: readonly string[];
  chance?: Chance;
  refusedAt?: RefusedAt;
  rewriteUrl?: (url: string) => string;
}): Http {
  const {
    log,
    bodyLimit = 65_536,
    trustedProxies = [],
    chance = systemChance,
    refusedAt = () => null,
    rewriteUrl = (url) => url,
  } = options;
  const refuse = (request: FastifyRequest, reply: FastifyReply, problem: Problem) =>
    sendRefused(request, reply, problem, refusedAt);
  const newId = () => chance.id("req");
  const http: Http = fastify<RawServerDefault>({
    loggerInstance: log as FastifyBaseLogger,
    logController: new AnswerLog(log),
    genReqId: newId,
    bodyLimit,
    trustProxy: trustedProxies.length > 0 && readNetworks(trustedProxies),
    requestTimeout: 30_000,
    rewriteUrl: ({ url = "/" }) => rewriteUrl(url),
    http: { maxHeaderSize: MOST_HEADERS },
    clientErrorHandler: refuseUnreadable(log, newId, refusedAt),
    frameworkErrors: (_error, request, reply) => {
      request.log.info("an address could not be read");
      const problem = isLong(request.raw) ? httpProblems.urlTooLong() : httpProblems.malformedUrl();
      refuse(request as FastifyRequest, reply as FastifyReply, problem);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  takeJson(http);
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.addHook("onRoute", checkWords);
  http.setErrorHandler<FastifyError | Problem>((error, request, reply) =>
    refuse(request, reply, problemOf(error, request)),
  );
  http.setNotFoundHandler((request, reply) => refuse(request, reply, httpProblems.notFound()));
  // by callback, here and below: these run for every request, and a promise for each costs more than what they do
  http.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    if (isLong(request.raw)) refuse(request, reply, httpProblems.urlTooLong());
    else done();
  });
  http.addHook("onSend", readOnToTheEnd);
  const endConnections = closeWhenDone(http.server);
  http.addHook("preClose", async () => endConnections());
  return http;
}

/** @throws TypeError where a route would refuse by a rule that nobody is told in words. */
function checkWords({ method, url, schema = {} }: RouteOptions): void {
  const { body, querystring, params, headers } = schema;
  const places = wordless({ body, querystring, params, headers });
  if (places.length > 0)
    throw new TypeError(`${method} ${url} says by no \`${REMEDY}\` what must stand at ${places.join(", ")}`);
}

/** What the client is told of an error; what it is not told goes to the log. */
export function problemOf(error: FastifyError | Problem | DatabaseAway, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseAway) {
    request.log.error({ err: error }, "the database is away");
    return httpProblems.unavailable();
  }
  if (isRace(error)) {
    request.log.warn({ err: error }, "somebody else was quicker");
    return httpProblems.busy();
  }
  if (error.validation !== undefined) return httpProblems.invalidRequest(faultsOf(request));
  const { statusCode = 500 } = error;
  if (statusCode === 413) return httpProblems.bodyTooLarge();
  if (statusCode === 415) return httpProblems.unsupportedMediaType();
  if (statusCode === 503) return httpProblems.unavailable();
  if (statusCode >= 400 && statusCode < 500) return httpProblems.malformedBody();
  request.log.error({ err: error }, "a request failed");
  return httpProblems.internalError();
}

/** Headers for every page: nothing but our own files, nobody frames it, nothing is kept. */
export const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
} as const;

/**
 * A hook (`preHandler`) that refuses a text that no database can hold, naming where it stands.
 * @throws Problem with status 400.
 */
export async function refuseUnholdable({ body, query, params }: FastifyRequest): Promise<void> {
  const inAddress = [query, params].flatMap((values) => unholdable(values)).map((pointer) => pointer.replace("/", ""));
  const fields = [...(typeof body === "object" ? unholdable(body) : []), ...inAddress];
  const message = "holds a character that is none: U+0000, or half of a surrogate pair";
  if (fields.length > 0) throw httpProblems.invalidRequest(fields.map((field) => ({ field, message })));
}

/** A hook (`onRequest`) that lets only this machine in. @throws Problem with status 403. */
export async function loopbackOnly(request: FastifyRequest): Promise<void> {
  const from = request.socket.remoteAddress ?? "";
  if (!/^(::ffff:)?127\.|^::1$/.test(from)) throw httpProblems.loopbackOnly();
}

/**
 * A body that is refused for its size is read to its end and dropped. Fastify would close the connection under a client
 * that is still sending, and most clients then see a broken pipe in place of the 413.
 */
function readOnToTheEnd(_request: FastifyRequest, reply: FastifyReply, _payload: unknown, done: () => void): void {
  if (reply.statusCode === 413) reply.removeHeader("connection");
  done();
}

/** One line for each answer, with the route's pattern in place of the address: addresses hold secrets of customers. */
class AnswerLog extends LogController {
  readonly #answers: Log;

  constructor(log: Log) {
    super();
    this.#answers = ofOwnWords(log);
  }

  /** What never got its answer can be told from this alone. */
  override incomingRequest(request: FastifyRequest): void {
    request.log.trace({ method: request.method, route: request.routeOptions.url ?? "none" }, "asked");
  }

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const { method, routeOptions } = request;
    const line = {
      method,
      route: routeOptions.url ?? "none",
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (error) request.log.error({ ...line, err: error }, "answer broke off");
    else this.#answers.info({ reqId: request.id, ...line }, "answered");
  }

  override routeNotFound(): void {}
}
