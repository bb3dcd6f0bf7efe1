import { constants } from "node:zlib";
import { customerAddress } from "@caravela/platform/address";
import { type Http, problemOf } from "@caravela/platform/http";
import { isFromElsewhere } from "@caravela/platform/own-requests";
import { httpProblems } from "@caravela/platform/problems";
import type { PageLang } from "@caravela/web/lang";
import compress from "@fastify/compress";
import formBody from "@fastify/formbody";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { SubjectId } from "../domain/identifiers.ts";
import type { Changes } from "../storage/changes.ts";
import { keepChosen, langOf } from "./page-language.ts";
import { pageHeaders } from "./policy.ts";
import type { Shown } from "./room.ts";
import type { Streams } from "./streams.ts";

/** A card, its owner's address and the number of an attempt: no form is longer. */
const LARGEST_FORM = 8 * 1024;

/** Keeps a route out of the description of the shop's API. */
export const hidden = { schema: { hide: true } };

/** A page for customers: it is about what the unguessable word in its address stands for. */
export interface CustomerPage<Subject extends { readonly id: SubjectId }, View extends Shown> {
  /** `/pay`: the address before the word. */
  readonly at: string;
  /** What follows the word in its address; absent: nothing. */
  readonly tail?: string;
  /** How browsers reach this server. */
  publicUrl(): string;
  /** What a word stands for; null when nothing does. */
  find(token: string): Promise<Subject | null>;
  /** As it stands now. */
  truth(subject: Subject): Promise<Subject>;
  show(subject: Subject, request: FastifyRequest): Promise<View>;
  /** The language that the shop gave; null: none. */
  localeOf(subject: Subject): PageLang | null;
  /** Whether the view's version grows with everything that is shown: who has the newest then needs nothing. */
  readonly isCounted: boolean;
  render(view: View): string;
  /** The headers of the page, where they are others than every page's. */
  headersOf?(view: View): Record<string, string>;
  renderUnknown(lang: PageLang): string;
  /** What stands in place of the page while it cannot be shown. @param path where the page is. */
  renderUnavailable(lang: PageLang, path: string): string;
}

/** Where a page is, for what a word stands for. */
export function addressOf({ at, tail = "" }: { readonly at: string; readonly tail?: string }, token: string): string {
  return `${at}/${token}${tail}`;
}

export interface LiveParts {
  readonly changes: Changes;
  readonly streams: Streams;
}

/** When a page that got no stream may ask for one again, in seconds. */
const STREAM_AGAIN = 30;

/**
 * Opens a room for customers' pages, where forms are read, headers are strict, and whatever goes wrong is a page and
 * not a problem.
 */
export async function openPages<Subject extends { readonly id: SubjectId }, View extends Shown>(
  http: Http,
  page: CustomerPage<Subject, View>,
  addRoutes: (scope: Http) => void,
): Promise<void> {
  await http.register(async (scope) => {
    await scope.register(formBody, { bodyLimit: LARGEST_FORM });
    scope.addHook("onRequest", async (_request, reply) => void reply.headers(pageHeaders));
    scope.setErrorHandler<FastifyError>((error, request, reply) => answerError(page, error, request, reply));
    await scope.register(compress, { encodings: ["br", "gzip"], brotliOptions: QUICK });
    scope.addHook("onRequest", async (request) => {
      // The issuer's page sends the customer back from where it is.
      const isForm = request.method === "POST" && request.routeOptions.url !== `${page.at}/:token/return`;
      if (isForm && isFromElsewhere(request, page.publicUrl())) throw httpProblems.foreignSite();
    });
    scope.addHook("onRequest", async (request, reply) => {
      const { token = "" } = request.params as { token?: string };
      const isOpened = request.routeOptions.url === `${page.at}/:token`;
      if (isOpened) keepChosen(request, reply, new URL(`${page.at}/${encodeURIComponent(token)}`, page.publicUrl()));
    });
    addRoutes(scope as Http);
    const own = addressOf(page, ":token");
    const rest = page.tail === undefined ? [page.at, `${page.at}/*`] : [`${own}/*`];
    for (const address of rest) scope.all(address, hidden, below(page));
  });
}

/** Quick enough to be done anew for each page, and nearly as small as can be. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/**
 * Whatever else is asked for below a page's address is a page too: a customer who reloads what a form answered, or
 * types a slash too many, is led to theirs.
 */
function below<Subject extends { readonly id: SubjectId }, View extends Shown>(page: CustomerPage<Subject, View>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { "*": rest = "", token = rest.split("/")[0] ?? "" } = request.params as { "*"?: string; token?: string };
    const isLookedAt = request.method === "GET" || request.method === "HEAD";
    const isTheirs = isLookedAt && (await subjectOf(page, token)) !== null;
    return isTheirs ? reply.redirect(addressOf(page, token), 303) : answerUnknown(page, request, reply);
  };
}

/** The page itself, its view as JSON, and its live updates. */
export function addLivePage<Subject extends { readonly id: SubjectId }, View extends Shown>(
  http: Http,
  page: CustomerPage<Subject, View>,
  { changes, streams }: LiveParts,
): void {
  const own = addressOf(page, ":token");
  http.get(
    own,
    hidden,
    about(page, async (subject, request, reply) => sendView(page, await page.show(subject, request), reply)),
  );

  http.get(
    `${own}/view`,
    hidden,
    about(page, (subject, request) => page.show(subject, request)),
  );

  const stream = about(page, async (subject, request, reply) => {
    reply.hijack();
    const seen = request.headers["last-event-id"]?.toString() ?? null;
    streams.open({
      response: reply.raw,
      seen: page.isCounted ? seen : null,
      of: JSON.stringify([
        own,
        subject.id,
        langOf(request, page.localeOf(subject)),
        Object.keys(request.query as object).sort(),
      ]),
      view: async () => page.show(await page.truth(subject), request),
      subscribe: (listener) => changes.subscribe(subject.id, listener),
    });
  });
  http.get(`${own}/events`, { ...hidden, exposeHeadRoute: false }, async (request, reply) => {
    const { token } = request.params as { token: string };
    const admission = streams.admit(`${page.at}/${token}`, customerAddress(request));
    if ("leave" in admission) {
      reply.raw.on("close", admission.leave);
      return stream(request, reply);
    }
    return reply
      .code(admission.refused)
      .header("retry-after", STREAM_AGAIN)
      .type("text/plain; charset=utf-8")
      .send("Too many live updates are open: this page looks by itself how things stand.\n");
  });
}

/** A route about what a page is about; where the word stands for nothing it answers so. */
export function about<Subject extends { readonly id: SubjectId }, View extends Shown>(
  page: CustomerPage<Subject, View>,
  answer: (subject: Subject, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { token } = request.params as { token: string };
    const subject = await subjectOf(page, token);
    return subject === null ? answerUnknown(page, request, reply) : answer(subject, request, reply);
  };
}

async function subjectOf<Subject extends { readonly id: SubjectId }, View extends Shown>(
  page: CustomerPage<Subject, View>,
  token: string,
): Promise<Subject | null> {
  return /^\w{20,100}$/.test(token) ? page.find(token) : null;
}

/**
 * Answers a form: the page's script with the view, a browser without it by leading it to where the page is.
 * @param back where that is.
 */
export async function answerForm<Subject extends { readonly id: SubjectId }, View extends Shown>(
  page: CustomerPage<Subject, View>,
  { subject, back }: { readonly subject: Subject; readonly back: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (wantsView(request)) return reply.send(await page.show(await page.truth(subject), request));
  return reply.redirect(back, 303);
}

/** Sends a view as the page that it is drawn on. */
export function sendView<Subject extends { readonly id: SubjectId }, View extends Shown>(
  page: CustomerPage<Subject, View>,
  view: View,
  reply: FastifyReply,
): FastifyReply {
  if (page.headersOf !== undefined) reply.headers(page.headersOf(view));
  return sendHtml(reply, page.render(view));
}

export function sendHtml(reply: FastifyReply, html: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").send(html);
}

/** The languages that a browser names, as it names them. */
export function languagesOf(request: FastifyRequest): string[] {
  return (request.headers["accept-language"] ?? "").split(",").map((wish) => wish.split(";")[0]?.trim() ?? "");
}

/** Whether it is the page's script that asks. */
export function wantsView(request: FastifyRequest): boolean {
  return request.headers.accept?.includes("application/json") ?? false;
}

function answerUnknown<Subject extends { readonly id: SubjectId }, View extends Shown>(
  page: CustomerPage<Subject, View>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.code(404);
  return wantsView(request) ? reply.send() : sendHtml(reply, page.renderUnknown(langOf(request, null)));
}

/** Whatever goes wrong, a customer reads a page and not a problem. */
function answerError<Subject extends { readonly id: SubjectId }, View extends Shown>(
  page: CustomerPage<Subject, View>,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, headers } = problemOf(error, request);
  reply.code(status).headers(headers);
  if (wantsView(request)) return reply.send();
  const { token = "" } = request.params as { token?: string };
  return sendHtml(reply, page.renderUnavailable(langOf(request, null), `${page.at}/${encodeURIComponent(token)}`));
}
