import type { ApiKey, EventEndpoint, LoggedRequest, Shell } from "@caravela/web/dashboard";
import {
  renderDeveloperForm,
  renderDevelopers,
  renderEvents,
  renderExamination,
  renderRequests,
  renderResend,
  renderSecret,
} from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { form, pageOf, shellOf, wholeOf } from "./visitors.ts";

const AT = "/dashboard/developers";

const at = (lang: Lang, path: string): Shell => shellOf(lang, `${AT}${path}`);

const endpoint: EventEndpoint = {
  id: "ep_1",
  url: "https://loja-da-ribeira.example/webhooks/caravela/pagamentos",
  types: ["*"],
  terminal: null,
  secret: null,
  createdAt: "2026-11-03T10:00:00Z",
  endedAt: null,
  deliveries: {
    delivered: 996,
    failed: 4,
    waiting: 2,
    lastError: { at: "2026-11-28T09:00:00Z", status: 503, failure: "refused" },
    lastDeliveredAt: "2026-11-28T09:10:00Z",
  },
};

const silent: EventEndpoint = {
  ...endpoint,
  id: "ep_2",
  types: ["payment.paid", "refund.succeeded"],
  deliveries: { delivered: 0, failed: 0, waiting: 0, lastError: null, lastDeliveredAt: null },
};

const key: ApiKey = {
  id: "key_00000001abcdefghij",
  name: "Caixa da loja",
  terminal: null,
  scopes: ["payments:read", "refunds:write"],
  refundLimit: 2_000,
  captureLimit: null,
  expiresAt: null,
  secret: null,
  createdAt: "2026-11-03T10:00:00Z",
  lastUsedAt: "2026-11-28T09:00:00Z",
  overlapEndsAt: "2026-11-29T09:00:00Z",
};

const request: LoggedRequest = {
  id: "req_00000001abcdefghij",
  at: "2026-11-28T09:00:00Z",
  method: "POST",
  path: "/v1/payments/{id}/refunds",
  status: 422,
  ms: 38,
  by: { type: "shop", id: key.id, name: key.name },
  problem: "refund_exceeds_captured",
};

const refused = {
  type: "/problems/not_possible",
  title: "It is not possible.",
  status: 422,
  detail: "See the fields.",
  errors: [{ field: "/url", message: "must be an address with https" }],
};

/** The screens for developers in their states. */
export const developerStates: Record<string, (lang: Lang) => string> = {
  developers: (lang) =>
    renderDevelopers(at(lang, ""), {
      endpoints: wholeOf(endpoint, silent, { ...silent, id: "ep_3", endedAt: "2026-11-28T09:00:00Z" }),
      keys: { data: [key], isCut: true },
      key: "k",
      done: { endpoint: "ep_1", delivered: false, status: null, failure: "timeout", ms: 15_000 },
    }),
  "no-developers": (lang) =>
    renderDevelopers(at(lang, ""), { endpoints: wholeOf(), keys: wholeOf(), key: "k", done: "revoked" }),
  "add-endpoint": (lang) =>
    renderDeveloperForm(at(lang, "/endpoints/new"), {
      kind: "add",
      about: null,
      form: form({ typed: { url: "nowhere" }, faults: { url: "refused" }, problem: refused }),
    }),
  "make-key": (lang) =>
    renderDeveloperForm(at(lang, "/keys/new"), {
      kind: "make",
      about: null,
      form: form({ faults: { scopes: "missing" } }),
    }),
  "roll-key": (lang) => renderDeveloperForm(at(lang, "/keys/key_1/roll"), { kind: "roll", about: key, form: form() }),
  "secret-key": (lang) => renderSecret(at(lang, "/keys/new"), { kind: "key", secret: `sk_${"a1b2".repeat(13)}` }),
  events: (lang) =>
    renderEvents(at(lang, "/events?undelivered=true"), {
      page: pageOf(
        {
          id: "evt_00000001abcdefghij",
          type: "payment.paid",
          timestamp: "2026-11-28T09:00:00Z",
          sequence: 2,
          data: { payment: { id: "pay_1" } },
        },
        { id: "evt_2", type: "mandate.active", timestamp: "2026-11-28T08:00:00Z", sequence: 1 },
      ),
      filter: { undelivered: "true" },
      resent: "12",
    }),
  resend: (lang) =>
    renderResend(at(lang, "/events/resend?undelivered=true"), { filter: { undelivered: "true" }, form: form() }),
  requests: (lang) =>
    renderRequests(at(lang, "/requests"), {
      page: pageOf(request, { ...request, id: "req_2", status: 200, problem: null, by: null }),
      filter: {},
    }),
  doctor: (lang) =>
    renderExamination(at(lang, "/doctor"), {
      at: "2026-11-28T09:00:00Z",
      isWell: false,
      findings: [
        { isWell: true, says: "SIBS answers for terminal 52221.", todo: null },
        { isWell: false, says: "The webhook secret is not set.", todo: "Set SIBS_WEBHOOK_SECRET." },
      ],
    }),
};
