import type { FormView, Me, Operator, Session, Shell } from "@caravela/web/dashboard";
import { renderColleagueForm, renderInvited, renderSessions, renderTeam } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";

const owner: Me = {
  by: { type: "operator", id: "op_1", name: "Marta Figueiredo" },
  role: "owner",
  terminal: null,
  operations: [
    "changeOperator",
    "inviteOperator",
    "listOperators",
    "listPayments",
    "listSessions",
    "listTasks",
    "removeOperator",
    "renewInvitation",
  ],
  refundLimit: null,
  refundableToday: null,
  session: { id: "ses_1", endsAt: "2026-11-28T10:00:00Z", touchedUntil: "2026-11-28T09:05:00Z" },
};

const at = (lang: Lang, path: string): Shell => ({ lang, me: owner, tasks: null, path, q: "" });

const form = (changes: Partial<FormView> = {}): FormView => ({
  key: "k",
  typed: {},
  faults: {},
  problem: null,
  ...changes,
});

const marta: Operator = {
  id: "op_1",
  name: "Marta Figueiredo",
  role: "owner",
  terminal: null,
  refundLimit: null,
  createdAt: "2026-11-03T10:00:00Z",
  lastSeenAt: "2026-11-28T09:00:00Z",
  inviteUrl: null,
};

const rui: Operator = {
  ...marta,
  id: "op_2",
  name: "Otorrinolaringologicamenteimpronunciável Espaçosnenhuns",
  role: "refunder",
  terminal: "52221",
  refundLimit: 5_000,
  lastSeenAt: null,
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

/** The screens for whoever looks after the team and the server, in their states. */
export const officeStates: Record<string, (lang: Lang) => string> = {
  team: (lang) =>
    renderTeam(at(lang, "/dashboard/team"), { page: { data: [rui, marta], hasMore: true, next: "n" }, done: "change" }),
  invite: (lang) =>
    renderColleagueForm(at(lang, "/dashboard/team/invite"), {
      kind: "invite",
      operator: null,
      form: form({ typed: { role: "refunder" }, faults: { name: "missing" } }),
    }),
  change: (lang) =>
    renderColleagueForm(at(lang, "/dashboard/team/op_2/change"), {
      kind: "change",
      operator: rui,
      form: form({ problem: touch }),
    }),
  invited: (lang) =>
    renderInvited(at(lang, "/dashboard/team/invite"), {
      operator: { ...rui, inviteUrl: `https://pagar.example/dashboard/invitations/${"a1b2".repeat(13)}` },
    }),
  "invited-before": (lang) => renderInvited(at(lang, "/dashboard/team/invite"), { operator: rui }),
  remove: (lang) =>
    renderColleagueForm(at(lang, "/dashboard/team/op_1/remove"), {
      kind: "remove",
      operator: marta,
      form: form({ problem: lastOwner }),
    }),
  sessions: (lang) =>
    renderSessions(at(lang, "/dashboard/sessions"), {
      page: {
        data: [session, { ...session, id: "ses_2", address: null, agent: null, current: false }],
        hasMore: false,
        next: null,
      },
      key: "k",
      isDone: true,
    }),
};
