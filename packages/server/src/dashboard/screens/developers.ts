import {
  type ApiKey,
  type DevelopersView,
  type EventEndpoint,
  type Examination,
  type ListedEvent,
  type LoggedRequest,
  type Pinged,
  renderDeveloperForm,
  renderDevelopers,
  renderEvents,
  renderExamination,
  renderRequests,
  renderResend,
  renderSecret,
  SCOPES,
} from "@caravela/web/dashboard";
import { type FormFields, textOf } from "../../pages/form-fields.ts";
import { Refused } from "../ask.ts";
import { addCallForm, findListed, type Read, takeAway } from "../call-form.ts";
import { isDone, limitsIn } from "../forms.ts";
import type { Screens } from "../room.ts";
import { filterOf, type Visit } from "../visit.ts";
import { segment } from "./payment.ts";

const AT = "/dashboard/developers";
const ENDPOINTS = "/v1/event-endpoints";
const KEYS = "/v1/keys";
const EVENT_FILTERS = [
  "type",
  "endpoint",
  "payment",
  "undelivered",
  "created_from",
  "created_to",
  "terminal",
  "mandate",
];
const REQUEST_FILTERS = ["request", "by", "refused", "at_from", "at_to"];
const DONE = ["removed", "revoked"] as const;

/** Where events go, by which keys the API is used, and what it was asked. */
export function developersScreens(screens: Screens): void {
  screens.show(AT, (visit) => drawAll(visit, DONE.find((done) => done === visit.query.done) ?? null));
  addEndpoints(screens);
  addKeys(screens);
  addLists(screens);
}

async function drawAll(visit: Visit, done: DevelopersView["done"]): Promise<string> {
  const { ask, mustHave, key, shell } = visit;
  mustHave("listKeys");
  mustHave("listEventEndpoints");
  const [endpoints, keys] = await Promise.all([ask.all<EventEndpoint>(ENDPOINTS), ask.all<ApiKey>(KEYS)]);
  return renderDevelopers(await shell(), { endpoints, keys, key: key(), done });
}

function addEndpoints(screens: Screens): void {
  addCallForm<null, EventEndpoint>(screens, {
    at: `${AT}/endpoints/new`,
    needs: "createEventEndpoint",
    about: async () => null,
    read: readEndpoint,
    call: ({ ask }, { body, key }) => ask.post(ENDPOINTS, body, key),
    draw: async ({ shell }, about, form) => renderDeveloperForm(await shell(), { kind: "add", about, form }),
    done: (visit, { secret }) => showSecret(visit, "endpoint", secret),
  });

  addCallForm<EventEndpoint, null>(screens, {
    at: `${AT}/endpoints/:id/remove`,
    needs: "deleteEventEndpoint",
    about: ({ ask, params }) => findListed<EventEndpoint>(ask, ENDPOINTS, params.id),
    call: ({ ask }, { about }) => takeAway(ask, `${ENDPOINTS}/${segment(about.id)}`),
    draw: async ({ shell }, about, form) => renderDeveloperForm(await shell(), { kind: "remove", about, form }),
    done: () => ({ to: `${AT}?done=removed` }),
  });

  screens.press(`${AT}/endpoints/:id/ping`, async (visit, fields) => {
    visit.mustHave("pingEventEndpoint");
    const path = `${ENDPOINTS}/${segment(visit.params.id ?? "")}/ping`;
    const outcome = await visit.ask.post<Pinged>(path, null, textOf(fields, "key"));
    if (!isDone(outcome)) throw new Refused(outcome.refused);
    return drawAll(visit, outcome.done);
  });
}

function addKeys(screens: Screens): void {
  const keyOf = ({ ask, params }: Visit) => findListed<ApiKey>(ask, KEYS, params.id);

  addCallForm<null, ApiKey>(screens, {
    at: `${AT}/keys/new`,
    needs: "createKey",
    wantsTouch: true,
    about: async () => null,
    read: readKey,
    call: ({ ask }, { body, key }) => ask.post(KEYS, body, key),
    draw: async ({ shell }, about, form) => renderDeveloperForm(await shell(), { kind: "make", about, form }),
    done: (visit, { secret }) => showSecret(visit, "key", secret),
  });

  addCallForm<ApiKey, ApiKey>(screens, {
    at: `${AT}/keys/:id/roll`,
    needs: "rollKey",
    wantsTouch: true,
    about: keyOf,
    read: readRoll,
    call: ({ ask }, { about, body, key }) => ask.post(`${KEYS}/${segment(about.id)}/roll`, body, key),
    draw: async ({ shell }, about, form) => renderDeveloperForm(await shell(), { kind: "roll", about, form }),
    done: (visit, { secret }) => showSecret(visit, "key", secret),
  });

  addCallForm<ApiKey, null>(screens, {
    at: `${AT}/keys/:id/revoke`,
    needs: "revokeKey",
    wantsTouch: true,
    about: keyOf,
    call: ({ ask }, { about }) => takeAway(ask, `${KEYS}/${segment(about.id)}`),
    draw: async ({ shell }, about, form) => renderDeveloperForm(await shell(), { kind: "revoke", about, form }),
    done: () => ({ to: `${AT}?done=revoked` }),
  });
}

function addLists(screens: Screens): void {
  screens.show(`${AT}/events`, async ({ ask, query, mustHave, shell }) => {
    mustHave("listEvents");
    const filter = filterOf(query, EVENT_FILTERS);
    const page = await ask.page<ListedEvent>("/v1/events", filter, query.after);
    const resent = /^\d{1,9}$/.test(query.resent ?? "") ? (query.resent ?? null) : null;
    return renderEvents(await shell(), { page, filter, resent });
  });

  addCallForm<Record<string, string>, { readonly count: number }>(screens, {
    at: `${AT}/events/resend`,
    needs: "resendEvents",
    about: async ({ query }) => filterOf(query, EVENT_FILTERS),
    call: ({ ask }, { about, key }) => ask.post("/v1/events/resend", { filter: asBody(about) }, key),
    draw: async ({ shell }, filter, form) => renderResend(await shell(), { filter, form }),
    done: (_visit, { count }, filter) => ({
      to: `${AT}/events?${new URLSearchParams({ ...filter, resent: String(count) })}`,
    }),
  });

  screens.show(`${AT}/requests`, async ({ ask, query, mustHave, shell }) => {
    mustHave("listRequests");
    const filter = filterOf(query, REQUEST_FILTERS);
    const page = await ask.page<LoggedRequest>("/v1/requests", filter, query.after);
    return renderRequests(await shell(), { page, filter });
  });

  screens.show(`${AT}/doctor`, async ({ ask, mustHave, shell }) => {
    mustHave("getExamination");
    return renderExamination(await shell(), await ask.get<Examination>("/v1/doctor"));
  });
}

/** A list's filters as the call takes them that sends its events again. */
function asBody({ type, undelivered, ...rest }: Record<string, string>): object {
  return {
    ...rest,
    ...(type !== undefined && { type: type.split(",") }),
    ...(undelivered !== undefined && { undelivered: undelivered === "true" }),
  };
}

/** The secret stands in the answer to the press alone: whoever asks for the page again is told that it was shown. */
async function showSecret({ shell }: Visit, kind: "endpoint" | "key", secret: string | null) {
  return { html: renderSecret(await shell(), { kind, secret }), status: 201 };
}

function readEndpoint(fields: FormFields): Read {
  const url = textOf(fields, "url").trim();
  const types = listIn(fields, "types");
  return {
    body: { url, ...(types.length > 0 && { types }), ...terminalIn(fields) },
    faults: url === "" ? { url: "missing" } : {},
  };
}

function readKey(fields: FormFields): Read {
  const name = textOf(fields, "name").trim();
  const scopes = SCOPES.filter((scope) => textOf(fields, `scope_${scope}`) === "on");
  const limits = limitsIn(fields);
  return {
    body: { name, scopes, ...limits.body, ...terminalIn(fields) },
    faults: {
      ...(name === "" && { name: "missing" as const }),
      ...(scopes.length === 0 && { scopes: "missing" as const }),
      ...limits.faults,
    },
  };
}

function readRoll(fields: FormFields): Read {
  const typed = textOf(fields, "overlapHours").trim();
  return /^\d{1,3}$/.test(typed)
    ? { body: { overlapHours: Number(typed) } }
    : { body: null, faults: { overlapHours: typed === "" ? "missing" : "refused" } };
}

function terminalIn(fields: FormFields): { readonly terminal?: string } {
  const terminal = textOf(fields, "terminal").trim();
  return terminal === "" ? {} : { terminal };
}

function listIn(fields: FormFields, name: string): string[] {
  return textOf(fields, name)
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
