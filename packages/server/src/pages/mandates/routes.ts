import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { type AuthorizeView, renderAuthorizePage } from "@caravela/web/authorize";
import type { PageLang } from "@caravela/web/lang";
import {
  type MandateView,
  renderMandateNotFoundPage,
  renderMandatePage,
  renderMandateUnavailablePage,
} from "@caravela/web/mandate";
import type { FastifyRequest } from "fastify";
import type { Mandate } from "../../domain/mandate/state.ts";
import { type CancelsMandates, cancelMandate } from "../../mandates/cancel-mandate.ts";
import type { ListsPayments, ReadsMandates } from "../../storage/ports.ts";
import {
  about,
  addLivePage,
  answerForm,
  type CustomerPage,
  hidden,
  type LiveParts,
  openPages,
} from "../customer-page.ts";
import { fieldsOf, textOf } from "../form-fields.ts";
import { chosenOf, langOf } from "../page-language.ts";
import { stays } from "../returning.ts";
import { onlyShop, type ShowsShops, shopOf } from "../shop.ts";
import { authorizeViewOf } from "./authorize-view.ts";
import { mandateViewOf } from "./mandate-view.ts";

/** How many charges the page tells of. */
const MOST_CHARGES = 24;

/** What the pages of a mandate may touch. */
export type ServesMandatePages = CancelsMandates &
  ReadsMandates &
  ListsPayments &
  ShowsShops & {
    readonly clock: Clock;
    readonly settings: {
      /** How browsers reach this server, without a slash at the end. */
      readonly publicUrl: string;
    };
  };

export interface MandatePages extends LiveParts {
  readonly ports: ServesMandatePages;
}

/**
 * The customer's pages of a mandate: `/authorize/{token}`, where it is agreed to, and `/mandates/{token}`, where it is
 * looked after.
 */
export async function mandatePages(http: Http, parts: MandatePages): Promise<void> {
  const { ports, changes, streams } = parts;
  const live = { changes, streams };
  const authorize = authorizePage(parts);
  await openPages(http, authorize, (scope) => addLivePage(scope, authorize, live));
  const manage = managePage(parts);
  await openPages(http, manage, (scope) => {
    addLivePage(scope, manage, live);
    addCancelForm(scope, manage, ports);
  });
}

/**
 * Ends the mandate once the customer has confirmed it. A press that came twice, or after somebody else's, shows that it
 * is over.
 */
function addCancelForm(http: Http, page: CustomerPage<Mandate, MandateView>, ports: ServesMandatePages): void {
  http.post(
    "/mandates/:token/cancel",
    hidden,
    about(page, async (mandate, request, reply) => {
      const isConfirmed = textOf(fieldsOf(request), "confirmed") === "yes";
      if (isConfirmed) await cancelMandate(ports, mandate.id);
      const back = `/mandates/${mandate.manageToken}${isConfirmed ? "" : "?end"}`;
      return answerForm(page, { subject: mandate, back }, request, reply);
    }),
  );
}

function authorizePage(parts: MandatePages): CustomerPage<Mandate, AuthorizeView> {
  const { ports } = parts;
  return {
    at: "/authorize",
    find: (token) => ports.mandates.findByToken(token, "authorize"),
    show: async (mandate, request) =>
      authorizeViewOf(mandate, {
        lang: langOf(request, mandate.locale),
        chosen: chosenOf(request),
        shop: shopOf(ports, mandate),
        now: ports.clock.now().getTime(),
        stay: stays(request),
      }),
    isCounted: true,
    render: renderAuthorizePage,
    ...everyPage(ports),
  };
}

function managePage({ ports }: MandatePages): CustomerPage<Mandate, MandateView> {
  return {
    at: "/mandates",
    find: (token) => ports.mandates.findByToken(token, "manage"),
    show: async (mandate, request) => {
      const { data, hasMore } = await ports.payments.list({ mandate: mandate.id }, { limit: MOST_CHARGES });
      return mandateViewOf(mandate, {
        lang: langOf(request, mandate.locale),
        chosen: chosenOf(request),
        shop: shopOf(ports, mandate),
        payments: data,
        hasMore,
        asksToEnd: asks(request, "end"),
      });
    },
    // its charges are payments, each with a version of its own
    isCounted: false,
    render: renderMandatePage,
    ...everyPage(ports),
  };
}

function everyPage({ mandates, settings }: ServesMandatePages) {
  return {
    publicUrl: () => settings.publicUrl,
    localeOf: ({ locale }: Mandate) => locale,
    truth: async (mandate: Mandate) => (await mandates.load(mandate.id)) ?? mandate,
    renderUnknown: (lang: PageLang) => renderMandateNotFoundPage(lang, onlyShop({ settings })),
    renderUnavailable: (lang: PageLang, path: string) =>
      renderMandateUnavailablePage(lang, path, onlyShop({ settings })),
  };
}

/** Whether the page was asked for with this word in its query. */
function asks({ query }: FastifyRequest, word: string): boolean {
  return word in (query as object);
}
