import { customerAddress } from "@caravela/platform/address";
import type { Http } from "@caravela/platform/http";
import { assetsFolder, dropInFile } from "@caravela/web/assets";
import {
  type PayView,
  renderPayNotFoundPage,
  renderPayNotHerePage,
  renderPayPage,
  renderPayUnavailablePage,
} from "@caravela/web/pay";
import staticFiles from "@fastify/static";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { BeginsAttempts, Started } from "../../attempts/begin.ts";
import type { ContinuesAttempts } from "../../attempts/continue.ts";
import type { Payment } from "../../domain/payment/state.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { DROP_IN_PATH } from "../../http/public-paths.ts";
import type { HurriesPayments, ReadsPayments } from "../../storage/ports.ts";
import { whyNotServed } from "../../terminals.ts";
import {
  about,
  addLivePage,
  addressOf,
  answerForm,
  hidden,
  type LiveParts,
  languagesOf,
  openPages,
  sendView,
  wantsView,
} from "../customer-page.ts";
import { fieldsOf, seenOf, textOf } from "../form-fields.ts";
import { langOf } from "../page-language.ts";
import { headersLetting } from "../policy.ts";
import { stays } from "../returning.ts";
import { onlyShop, type ShowsShops, shopOf } from "../shop.ts";
import { goOn } from "./bank-return.ts";
import { addBankPages } from "./bank-routes.ts";
import { asksOf, returned } from "./card-forms.ts";
import { EMBEDDED, embeddedView, embeddingOf, isTakenThere, refuseUnlessEmbedded } from "./embedded.ts";
import { addMailAndCalendar, type MailsCustomers } from "./mail-routes.ts";
import { methodsOnPage, onPageOf } from "./methods/index.ts";
import type { FaultyForm, MethodOnPage } from "./methods/types.ts";
import type { PayPage } from "./pay-page.ts";
import { type UsesSavedCards, usableCards } from "./saved-cards.ts";
import { deviceOf, isFromScript } from "./sent-form.ts";
import { type UsesMandates, usableMandates } from "./usable-mandates.ts";
import { viewOf } from "./view-of.ts";
import { askAgain, beginOrKeep, wishFor } from "./wish.ts";

/** What the payment's page may touch. */
export type ServesPayPage = BeginsAttempts &
  ContinuesAttempts &
  ReadsPayments &
  HurriesPayments &
  UsesSavedCards &
  UsesMandates &
  ShowsShops &
  MailsCustomers & {
    readonly settings: {
      /** How browsers reach this server, without a slash at the end. */
      readonly publicUrl: string;
    };
  };

export interface PayRoutes extends LiveParts {
  readonly ports: ServesPayPage;
}

/** The customer's page, `/pay/{token}`, and the files that it loads. */
export async function payRoutes(http: Http, parts: PayRoutes): Promise<void> {
  await http.register(staticFiles, {
    root: assetsFolder,
    prefix: "/assets/",
    index: false,
    // The build made them.
    preCompressed: true,
    // The names change with the content.
    immutable: true,
    maxAge: "365d",
  });
  http.get(DROP_IN_PATH, hidden, (_request, reply) =>
    reply.headers(DROP_IN_HEADERS).sendFile(dropInFile, { maxAge: "5m", immutable: false }),
  );
  await payPages(http, parts);
}

/** The page by itself, and inside a shop's own: its forms, and its live updates. */
export async function payPages(http: Http, { ports, ...live }: PayRoutes): Promise<void> {
  const full = fullPage(ports);
  await openPages(http, full, (scope) => {
    addLivePage(scope, full, live);
    addForms(scope, full, ports);
    addBankPages(scope, full, ports);
    addMailAndCalendar(scope, full, ports);
  });
  const embedded = embeddedPage(full, ports);
  await openPages(http, embedded, (scope) => {
    addLivePage(scope, embedded, live);
    addForms(scope, embedded, ports);
    addMailAndCalendar(scope, embedded, ports);
  });
}

/** A shop's page loads it from elsewhere: here. */
const DROP_IN_HEADERS = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff",
};

function fullPage(ports: ServesPayPage): PayPage {
  return {
    at: "/pay",
    publicUrl: () => ports.settings.publicUrl,
    find: (token) => find(ports, token),
    // What was refused is not told apart: the page shows how things are, and the way on from there.
    truth: async (payment) => (await ports.payments.load(payment.id)) ?? payment,
    show: (payment, request, faulty) => show(ports, payment, request, faulty),
    localeOf: ({ locale }) => locale,
    isCounted: true,
    render: renderPayPage,
    headersOf,
    renderUnknown: (lang) => renderPayNotFoundPage(lang, onlyShop(ports)),
    renderUnavailable: (lang, path) => renderPayUnavailablePage(lang, path, onlyShop(ports)),
  };
}

/** The page that a shop shows inside its own, in the frame of `<caravela-pay>`. */
function embeddedPage(full: PayPage, ports: ServesPayPage): PayPage {
  return {
    ...full,
    tail: EMBEDDED,
    find: async (token) => {
      const payment = await full.find(token);
      if (payment !== null) refuseUnlessEmbedded(embeddingOf(ports, payment));
      return payment;
    },
    show: async (payment, request, faulty) =>
      embeddedView(await full.show(payment, request, faulty), payment, embeddingOf(ports, payment)),
    renderUnavailable: (lang, path) => renderPayNotHerePage(lang, path, onlyShop(ports)),
  };
}

/**
 * The page's frames show pages of ours; its one form that goes elsewhere, to the card's issuer, is there only while
 * that waits.
 */
function headersOf({ screen, embedded }: PayView) {
  const forms = screen.kind === "card_challenge" ? [new URL(screen.action.url).origin] : [];
  return headersLetting({ frames: ["'self'"], forms, framedBy: embedded?.origins ?? [] });
}

function addForms(http: Http, page: PayPage, ports: ServesPayPage): void {
  const own = addressOf(page, ":token");
  const isTaken = (payment: Payment, method: MethodOnPage) =>
    page.tail === undefined || isTakenThere(method, embeddingOf(ports, payment));
  const answered = (payment: Payment, request: FastifyRequest, reply: FastifyReply) =>
    answerForm(page, { subject: payment, back: addressOf(page, payment.payToken) }, request, reply);

  const returnForm = async (payment: Payment, request: FastifyRequest, reply: FastifyReply, faulty: FaultyForm) => {
    const view = await page.show(await page.truth(payment), request, faulty);
    reply.code(422);
    return wantsView(request) ? reply.send(view) : sendView(page, view, reply);
  };

  for (const method of methodsOnPage) {
    http.post(
      `${own}/${method}`,
      hidden,
      about(page, async (payment, request, reply) => {
        const asked = onPageOf(method);
        if (!isTaken(payment, asked)) return answered(payment, request, reply);
        const faulty = await start(ports, payment, request, asked);
        return faulty === null ? answered(payment, request, reply) : returnForm(payment, request, reply, faulty);
      }),
    );
  }

  http.post(
    `${own}/continue`,
    hidden,
    about(page, async (payment, request, reply) => {
      const form = fieldsOf(request);
      await goOn(ports, payment, { action: textOf(form, "action"), executed: textOf(form, "executed") === "true" });
      return answered(payment, request, reply);
    }),
  );

  http.post(
    `${own}/again`,
    hidden,
    about(page, async (payment, request, reply) => {
      const refusal = await askAgain(ports, payment, seenOf(fieldsOf(request)));
      const faulty = refusal === null ? null : restOf(refusal);
      return faulty === null ? answered(payment, request, reply) : returnForm(payment, request, reply, faulty);
    }),
  );

  http.post(
    `${own}/wish`,
    hidden,
    about(page, async (payment, request, reply) => {
      await wishFor(ports, payment, fieldsOf(request));
      return answered(payment, request, reply);
    }),
  );
}

/**
 * Starts the attempt that a form asks for, or keeps it as a wish. @returns what is wrong with the form, if anything is.
 */
async function start(
  ports: ServesPayPage,
  payment: Payment,
  request: FastifyRequest,
  method: MethodOnPage,
): Promise<FaultyForm | null> {
  const fields = fieldsOf(request);
  const { accept, "user-agent": userAgent } = request.headers;
  const read = method.read({
    fields,
    payment,
    now: ports.clock.now(),
    device: deviceOf(fields, { accept, userAgent, address: customerAddress(request) }),
    asks: asksOf(payment, ports.terminals.of(payment)),
    saved: await usableCards(ports, payment),
    mandates: await usableMandates(ports, payment),
  });
  if (!("command" in read)) return read;
  const { command, inHand } = read;
  const begun = await beginOrKeep(ports, payment, { command: { ...command, seen: seenOf(fields) }, inHand });
  if (begun === null) return null;
  if ("refused" in begun) {
    const isOfCard = begun.refused === "too_many_card_tries";
    return isOfCard ? { cardTyped: returned("card", fields, { form: "too_many_tries" }) } : restOf(begun);
  }
  if (!isFromScript(fields)) await skipUnseen(ports, begun);
  return null;
}

/** What an issuer wants done unseen needs a script: without one it is told at once that nothing will be. */
async function skipUnseen(ports: ServesPayPage, { payment, attempt }: Started): Promise<void> {
  if (attempt.action?.type !== "3ds_method") return;
  await goOn(ports, payment, { action: attempt.action.id, executed: false });
}

/** A phone that is left alone is the one refusal that the page does not show by itself. */
function restOf(refusal: Refusal): FaultyForm | null {
  return refusal.refused === "phone_asked_too_often" ? { phoneRests: Math.ceil(refusal.secondsLeft / 60) } : null;
}

/**
 * The payment whose page this is; whoever looks at it waits. Of an erased customer's there is none any more. An attempt
 * or a transaction is found by the same table, and is nobody's page.
 */
async function find(ports: ServesPayPage, token: string): Promise<Payment | null> {
  const payment = await ports.payments.findBy(token);
  if (payment?.payToken !== token || payment.erasedAt !== null) return null;
  await ports.payments.hurry(payment);
  return payment;
}

async function show(
  ports: ServesPayPage,
  payment: Payment,
  request: FastifyRequest,
  faulty: FaultyForm | null = null,
): Promise<PayView> {
  const { clock, settings } = ports;
  // nothing is begun at another terminal: there is nothing to choose
  const shown = whyNotServed(ports, payment) === null ? payment : { ...payment, methods: [] };
  return viewOf(shown, {
    shop: shopOf(ports, payment),
    now: clock.now().getTime(),
    publicUrl: settings.publicUrl,
    lang: langOf(request, payment.locale),
    languages: languagesOf(request),
    ...(faulty !== null && { faulty }),
    saved: await usableCards(ports, payment),
    mandates: await usableMandates(ports, payment),
    terminal: ports.terminals.of(payment),
    otherNumber: "other" in (request.query as object),
    stay: stays(request),
    sendsMail: ports.customerMail !== null,
  });
}
