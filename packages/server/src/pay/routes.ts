import { type Http, problemOf, securityHeaders } from "@caravela/platform/http";
import { Problem } from "@caravela/platform/problems";
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
import { beginAttempt, type Started } from "../payments/start-attempt.ts";
import { addBankPages, goOn } from "./bank-routes.ts";
import { returned } from "./card-forms.ts";
import { streamViews } from "./live.ts";
import { type FaultyForm, type MethodOnPage, methodsOnPage, onPageOf } from "./methods/index.ts";
import { headersLetting } from "./policy.ts";
import { usableCards } from "./saved-cards.ts";
import { deviceOf, type FormFields, isFromScript, textOf } from "./sent-form.ts";
import { lastEnded, viewOf } from "./view-of.ts";

/** A card, its owner's address and the number of an attempt: no form is longer. */
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
    addBankPages(scope as Http, {
      services: parts.services,
      find: (request) => find(parts.services, request),
      answerUnknown,
    });
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
      const faulty = await start(services, payment, request, onPageOf(method));
      return answerForm(services, await truth(services, payment), request, reply, faulty);
    });
  }

  http.post("/pay/:token/continue", hidden, async (request, reply) => {
    const payment = await find(services, request);
    if (payment === null) return answerUnknown(request, reply);
    const form = fieldsOf(request);
    await goOn(services, payment, { action: textOf(form, "action"), executed: textOf(form, "executed") === "true" });
    return answerForm(services, await truth(services, payment), request, reply);
  });

  http.post("/pay/:token/again", hidden, async (request, reply) => {
    const payment = await find(services, request);
    if (payment === null) return answerUnknown(request, reply);
    await askAgain(services, payment, seenOf(fieldsOf(request)));
    return answerForm(services, await truth(services, payment), request, reply);
  });
}

/** Starts the attempt that a form asks for. @returns what is wrong with the form, if anything is. */
async function start(
  services: Services,
  payment: Payment,
  request: FastifyRequest,
  method: MethodOnPage,
): Promise<FaultyForm | null> {
  const fields = fieldsOf(request);
  const { accept, "user-agent": userAgent } = request.headers;
  const read = method.read({
    fields,
    payment,
    now: services.clock.now(),
    device: deviceOf(fields, { accept, userAgent, address: request.ip }),
    saved: await usableCards(services, payment),
  });
  if (!("command" in read)) return read;
  try {
    const { command, inHand } = read;
    const begun = await beginAttempt(services, payment.id, { ...command, seen: seenOf(fields) }, { inHand });
    if (!("refused" in begun) && !isFromScript(fields)) await skipUnseen(services, begun);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 429) throw error;
    return { cardTyped: returned("card", fields, { form: "too_many_tries" }) };
  }
  return null;
}

/** What an issuer wants done unseen needs a script: without one it is told at once that nothing will be. */
async function skipUnseen(services: Services, { payment, attempt }: Started): Promise<void> {
  if (attempt.action?.type !== "3ds_method") return;
  await goOn(services, payment, { action: attempt.action.id, executed: false });
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

async function show(
  services: Services,
  payment: Payment,
  request: FastifyRequest,
  faulty: FaultyForm | null = null,
): Promise<PayView> {
  const { clock, settings } = services;
  return viewOf(payment, {
    now: clock.now().getTime(),
    publicUrl: settings.publicUrl,
    lang: langOf(request),
    merchantName: settings.merchantName,
    ...(faulty !== null && { faulty }),
    saved: await usableCards(services, payment),
    stay: "stay" in (request.query as object),
  });
}

/** The page. Its frames show pages of ours; its one form that goes elsewhere, to the card's issuer, is there only while that waits. */
async function showPage(
  services: Services,
  payment: Payment,
  request: FastifyRequest,
  reply: FastifyReply,
  faulty: FaultyForm | null = null,
): Promise<FastifyReply> {
  const view = await show(services, payment, request, faulty);
  const forms = view.screen.kind === "card_challenge" ? [new URL(view.screen.action.url).origin] : [];
  return sendPage(reply.headers(headersLetting({ frames: ["'self'"], forms })), renderPayPage(view));
}

/** Answers a form: the page's script with the view, a browser without it by leading it back to the page, or with what is wrong beside its field. */
async function answerForm(
  services: Services,
  payment: Payment,
  request: FastifyRequest,
  reply: FastifyReply,
  faulty: FaultyForm | null = null,
): Promise<FastifyReply> {
  if (faulty !== null) reply.code(422);
  if (wantsView(request)) return reply.send(await show(services, payment, request, faulty));
  if (faulty !== null) return showPage(services, payment, request, reply, faulty);
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
