import type { AuditEntry, Operator, Session } from "@caravela/web/dashboard";
import {
  renderAudit,
  renderColleagueForm,
  renderInvited,
  renderSessions,
  renderSettings,
  renderTeam,
} from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { form, owner, shellOf, wholeOf } from "./visitors.ts";

const marta: Operator = {
  id: "op_1",
  name: "Marta Figueiredo",
  role: "owner",
  terminal: null,
  refundLimit: null,
  captureLimit: null,
  createdAt: "2026-11-03T10:00:00Z",
  lastSeenAt: "2026-11-28T09:00:00Z",
  passkeys: 2,
  signsOn: false,
  inviteUrl: null,
};

const rui: Operator = {
  ...marta,
  id: "op_2",
  name: "Otorrinolaringologicamenteimpronunciável Espaçosnenhuns",
  role: "refunder",
  terminal: "52221",
  refundLimit: 5_000,
  captureLimit: 20_000,
  lastSeenAt: null,
  passkeys: 0,
};

const session: Session = {
  id: "ses_1",
  operator: "op_1",
  name: "Marta Figueiredo",
  createdAt: "2026-11-28T08:00:00Z",
  seenAt: "2026-11-28T09:00:00Z",
  endsAt: "2026-11-28T09:15:00Z",
  address: "2001:db8:1f70::999:de8:7648:6e8",
  agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  current: true,
};

const lastOwner = {
  type: "/problems/last_owner",
  title: "It is the last owner.",
  status: 409,
  detail: "Nobody else could do what this owner can: make a colleague such an owner first.",
  errors: [],
};

const touch = { ...lastOwner, type: "/problems/touch_required", title: "A fresh touch is needed.", status: 403 };

const entry: AuditEntry = {
  number: 42,
  at: "2026-11-28T09:00:00Z",
  kind: "answered",
  of: 41,
  by: { type: "operator", id: "op_1", name: "Marta Figueiredo" },
  from: "2001:db8:1f70::/64",
  request: "req_00000001abcdefghij",
  operation: "changeOperator",
  subject: "op_00000001abcdefghij",
  fields: ["name", "role"],
  before: { role: "viewer" },
  after: { role: "support", refundLimit: null },
  reason: null,
  status: 200,
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

const bySettings = { type: "shop", id: null, name: null };

/** The screens for whoever looks after the team and the server, in their states. */
export const officeStates: Record<string, (lang: Lang) => string> = {
  audit: (lang) =>
    renderAudit(shellOf(lang, "/dashboard/audit"), {
      page: {
        data: [
          entry,
          { ...entry, number: 40, of: 39, by: bySettings, operation: "rollKey", subject: null, status: 403 },
          { ...entry, number: 38, of: 37, operation: "refundPayment", subject: "pay_00000001abcdefghij", status: 503 },
          { ...entry, number: 36, of: null, kind: "asked", operation: "another", from: null, status: null },
        ],
        hasMore: true,
        next: "36",
      },
      filter: { from: "2026-11-27" },
      colleagues: wholeOf(marta, rui),
    }),
  team: (lang) =>
    renderTeam(shellOf(lang, "/dashboard/team"), {
      page: { data: [rui, marta], hasMore: true, next: "n" },
      done: "change",
    }),
  invite: (lang) =>
    renderColleagueForm(shellOf(lang, "/dashboard/team/invite"), {
      kind: "invite",
      operator: null,
      form: form({ typed: { role: "refunder" }, faults: { name: "missing" } }),
    }),
  change: (lang) =>
    renderColleagueForm(shellOf(lang, "/dashboard/team/op_2/change"), {
      kind: "change",
      operator: rui,
      form: form({ problem: touch }),
    }),
  invited: (lang) =>
    renderInvited(shellOf(lang, "/dashboard/team/invite"), {
      operator: { ...rui, inviteUrl: `https://pagar.example/dashboard/invitations/${"a1b2".repeat(13)}` },
    }),
  "invited-before": (lang) => renderInvited(shellOf(lang, "/dashboard/team/invite"), { operator: rui }),
  remove: (lang) =>
    renderColleagueForm(shellOf(lang, "/dashboard/team/op_1/remove"), {
      kind: "remove",
      operator: marta,
      form: form({ problem: lastOwner }),
    }),
  settings: (lang) =>
    renderSettings({
      ...shellOf(lang, "/dashboard/settings"),
      me: { ...owner, refundLimit: 5_000, refundableToday: 1_200, captureLimit: 20_000, capturableToday: 0 },
    }),
  sessions: (lang) =>
    renderSessions(shellOf(lang, "/dashboard/sessions"), {
      page: {
        data: [session, { ...session, id: "ses_2", address: null, agent: null, current: false }],
        hasMore: false,
        next: null,
      },
      key: "k",
      isDone: true,
    }),
};
