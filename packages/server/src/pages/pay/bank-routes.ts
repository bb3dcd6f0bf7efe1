import type { Http } from "@caravela/platform/http";
import { renderBackFromBankPage, renderBankPage } from "@caravela/web/pay";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ContinuesAttempts } from "../../attempts/continue.ts";
import type { Payment } from "../../domain/payment/state.ts";
import type { Embedding } from "../../embedding.ts";
import { readAnyBody } from "../../http/any-body.ts";
import type { ShowsPayments } from "../../payments/present.ts";
import { about, hidden, sendHtml } from "../customer-page.ts";
import { langOf } from "../page-language.ts";
import { headersLetting } from "../policy.ts";
import { type ShowsShops, shopOf, whoIsPaid } from "../shop.ts";
import { goOn } from "./bank-return.ts";
import { embeddingOf } from "./embedded.ts";
import { bankAction, waitingAction } from "./methods/card.ts";
import type { PayPage } from "./pay-page.ts";

/** A challenge's answer with all its messages is a few kilobytes. */
const LARGEST_RETURN = 64 * 1024;

/** The way to a card's issuer and back, in a frame or as pages of their own. */
export function addBankPages(http: Http, page: PayPage, ports: ContinuesAttempts & ShowsPayments & ShowsShops): void {
  const framedBy = (payment: Payment) => bankFramers(embeddingOf(ports, payment));
  http.get(
    "/pay/:token/bank",
    hidden,
    about(page, async (payment, request, reply) => {
      const waiting = waitingAction(payment, actionOf(request));
      if (waiting === null) return leadBack(page, payment, framedBy(payment), request, reply);
      const action = bankAction(payment, waiting.action, ports.settings.publicUrl);
      reply.headers(bankHeaders(action.url, framedBy(payment)));
      return sendHtml(
        reply,
        renderBankPage(
          langOf(request, page.localeOf(payment)),
          `/pay/${payment.payToken}`,
          action,
          whoIsPaid(shopOf(ports, payment)).shop,
        ),
      );
    }),
  );

  // An issuer's page may come back by a link or by a form, of whatever kind and length its bank likes: nothing in it is
  // needed.
  http.register(async (scope) => {
    readAnyBody(scope as Http, LARGEST_RETURN);
    scope.route({
      method: ["GET", "POST"],
      url: "/pay/:token/return",
      ...hidden,
      handler: about(page, async (payment, request, reply) => {
        await goOn(ports, payment, { action: actionOf(request), executed: true });
        return leadBack(page, payment, framedBy(payment), request, reply);
      }),
    });
  });
}

/** Our page is around these; around that one the shop's is, where cards are typed there. */
function bankFramers({ origins, cards }: Embedding): string[] {
  return ["'self'", ...(cards ? origins : [])];
}

/**
 * Our page around the issuer's. Forms go to the issuer alone. In the frame an issuer leads on to hosts that only it
 * knows: with EMV 3-D Secure its last page posts to the 3-D Secure server's own address.
 */
function bankHeaders(url: string, framedBy: readonly string[]) {
  const issuer = new URL(url).origin;
  return headersLetting({ frames: ["'self'", issuer, "https:"], forms: [issuer], framedBy });
}

/** Back to the payment's page; in a frame the page around it is told instead. */
function leadBack(
  page: PayPage,
  payment: Payment,
  framedBy: readonly string[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (request.headers["sec-fetch-dest"] !== "iframe") return reply.redirect(`/pay/${payment.payToken}`, 303);
  return sendHtml(
    reply.headers(headersLetting({ framedBy })),
    renderBackFromBankPage(langOf(request, page.localeOf(payment))),
  );
}

function actionOf({ query }: FastifyRequest): string {
  const { action } = query as Record<string, unknown>;
  return typeof action === "string" ? action : "";
}
