import { type Http, problemOf, securityHeaders } from "@caravela/platform/http";
import { assetsFolder } from "@caravela/web/assets";
import { preferredLang } from "@caravela/web/lang";
import { type PayView, renderPayNotFoundPage, renderPayPage, renderPayUnavailablePage } from "@caravela/web/pay";
import formBody from "@fastify/formbody";
import staticFiles from "@fastify/static";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { BY_CUSTOMER, wantAgain } from "../domain/attempts.ts";
import { liveAttempt, type Payment } from "../domain/payment.ts";
import type { Changes } from "../payments/changes.ts";
import type { Services } from "../payments/services.ts";
import { beginAttempt } from "../payments/start-attempt.ts";
import { streamViews } from "./live.ts";
import { type FormFields, methodsOnPage, onPageOf } from "./methods/index.ts";
import { lastEnded, viewOf } from "./view-of.ts";

/** A phone number and a number of an attempt: no form is longer. */
const LARGEST_FORM = 8 * 1024;

export interface PayRoutes {
  readonly services: Services;
  readonly changes: Changes;
  /** Aborted when the server stops: open streams end. */
  readonly closing: AbortSignal;
}

/** The customer's page: `/pay/{token}`, its forms, its live updates, and the files that it loads. */
export async function payRoutes(http: Http, parts: PayRoutes): Promise<void> {
  await http.register(staticFiles, {
    root: assetsFolder,
    prefix: "/assets/",
    index: false,
    // The names change with the content.
    immutable: true,
    maxAge: "365d",
  });
  await http.register(async (scope) => {
    await scope.register(formBody, { bodyLimit: LARGEST_FORM });
    scope.addHook("onRequest", async (_request, reply) => void reply.headers(securityHeaders));
    scope.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply));
    addPages(scope as Http, parts);
    addForms(scope as Http, parts);
  });
}

const hidden = { schema: { hide: true } };

function addPages(http: Http, { services, changes, closing }: PayRoutes): void {
  http.get("/pay/:token", hidden, async (request, reply) => {
    const payment = await find(services, request);
    return payment === null ? answerUnknown(request, reply) : showPage(services, payment, request, reply);
  });

  http.get("/pay/:token/view", hidden, async (request, reply) => {
    const payment = await find(services, request);
    return payment === null ? answerUnknown(request, reply) : show(services, payment, request);
  });

  http.get("/pay/:token/events", { ...hidden, exposeHeadRoute: false }, async (request, reply) => {
    const payment = await find(services, request);
    if (payment === null) return answerUnknown(request, reply);
    reply.hijack();
    streamViews({
      response: reply.raw,
      seen: request.headers["last-event-id"]?.toString(),
      view: async () => show(services, await truth(services, payment), request),
      subscribe: (listener) => changes.subscribe(payment.id, listener),
      closing,
      log: services.log,
    });
    return reply;
  });
}

function addForms(http: Http, { services }: PayRoutes): void {
  for (const method of methodsOnPage) {
    http.post(`/pay/:token/${method}`, hidden, async (request, reply) => {
      const payment = await find(services, request);
      if (payment === null) return answerUnknown(request, reply);
      const form = fieldsOf(request);
      const read = onPageOf(method).read(form);
      if ("typed" in read) return answerForm(services, payment, request, reply, read.typed);
      await beginAttempt(services, payment.id, { ...read.start, seen: seenOf(form) });
      return answerForm(services, await truth(services, payment), request, reply);
    });
  }

  http.post("/pay/:token/again", hidden, async (request, reply) => {
    const payment = await find(services, request);
    if (payment === null) return answerUnknown(request, reply);
    await askAgain(services, payment, seenOf(fieldsOf(request)));
    return answerForm(services, await truth(services, payment), request, reply);
  });
}

/** A fresh request to the phone asked last: at once when SIBS is done with the old one, else kept until it is. */
async function askAgain(services: Services, payment: Payment, seen: number): Promise<void> {
  const wanted = await services.store.decide(payment.id, (state, given) => wantAgain(state, given));
  if ("refused" in wanted || wanted.payment.again !== null || liveAttempt(wanted.payment) !== null) return;
  const last = lastEnded(wanted.payment);
  if (last === null) return;
  await beginAttempt(services, payment.id, { ...BY_CUSTOMER, method: last.method, phone: last.phone, seen });
}

/** The payment whose page this is. An attempt or a transaction is found by the same table, and is nobody's page. */
async function find(services: Services, request: FastifyRequest): Promise<Payment | null> {
  const { token } = request.params as { token: string };
  if (!/^\w{20,100}$/.test(token)) return null;
  const payment = await services.store.findBy(token);
  return payment?.payToken === token ? payment : null;
}

/** The payment as it stands now. What was refused is not told apart: the page shows how things are, and the way on from there. */
async function truth(services: Services, payment: Payment): Promise<Payment> {
  return (await services.store.load(payment.id)) ?? payment;
}

function show(
  { clock, settings }: Services,
  payment: Payment,
  request: FastifyRequest,
  typed: PayView["typed"] = null,
): PayView {
  return viewOf(payment, {
    now: clock.now().getTime(),
    lang: langOf(request),
    merchantName: settings.merchantName,
    typed,
    stay: "stay" in (request.query as object),
  });
}

function showPage(
  services: Services,
  payment: Payment,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: PayView["typed"] = null,
): FastifyReply {
  return sendPage(reply, renderPayPage(show(services, payment, request, typed)));
}

/** Answers a form: the page's script with the view, a browser without it by leading it back to the page, or with what is wrong beside its field. */
function answerForm(
  services: Services,
  payment: Payment,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: PayView["typed"] = null,
): FastifyReply {
  if (typed !== null) reply.code(422);
  if (wantsView(request)) return reply.send(show(services, payment, request, typed));
  if (typed !== null) return showPage(services, payment, request, reply, typed);
  return reply.redirect(`/pay/${payment.payToken}`, 303);
}

function answerUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.code(404);
  return wantsView(request) ? reply.send() : sendPage(reply, renderPayNotFoundPage(langOf(request)));
}

/** Whatever goes wrong, a customer reads a page and not a problem. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.code(problemOf(error, request).status);
  if (wantsView(request)) return reply.send();
  const { token = "" } = request.params as { token?: string };
  return sendPage(reply, renderPayUnavailablePage(langOf(request), `/pay/${encodeURIComponent(token)}`));
}

function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").send(html);
}

function fieldsOf(request: FastifyRequest): FormFields {
  return typeof request.body === "object" && request.body !== null ? (request.body as FormFields) : {};
}

/** How many attempts the page had seen. A form that does not say has seen none of ours, and starts nothing. */
function seenOf({ request }: FormFields): number {
  return typeof request === "string" && /^\d{1,6}$/.test(request) ? Number(request) : -1;
}

function langOf(request: FastifyRequest): PayView["lang"] {
  return preferredLang(request.headers["accept-language"]);
}

function wantsView(request: FastifyRequest): boolean {
  return request.headers.accept?.includes("application/json") ?? false;
}
