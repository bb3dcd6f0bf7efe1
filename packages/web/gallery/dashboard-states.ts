import type {
  Approval,
  Attempt,
  JournalLine,
  Me,
  Operation,
  Page,
  Payment,
  PaymentView,
  Shell,
  Task,
} from "@caravela/web/dashboard";
import {
  renderAction,
  renderApproval,
  renderLink,
  renderPayment,
  renderPayments,
  renderReceipt,
  renderRefund,
  renderRefunds,
  renderRefused,
  renderTaskAction,
  renderTasks,
  renderToday,
} from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { customerStates } from "./customer-states.ts";
import { subscriptionStates } from "./subscription-states.ts";
import { badMorning, goodDay } from "./today-states.ts";

/** Somebody who may give money back. */
export const refunder: Me = {
  by: { type: "operator", id: "op_1", name: "Marta Figueiredo" },
  role: "refunder",
  terminal: null,
  operations: [
    "addNote",
    "approveRefund",
    "cancelPayment",
    "capturePayment",
    "listEvents",
    "listPayments",
    "listTasks",
    "refundPayment",
    "resendEvent",
    "resolveAttention",
    "settleAttempt",
    "settleOperation",
  ],
  refundLimit: 10_000,
  refundableToday: 25_000,
  session: { id: "ses_1", endsAt: "2026-11-28T10:00:00Z", touchedUntil: null },
};

const owner: Me = {
  ...refunder,
  role: "owner",
  operations: [
    ...refunder.operations,
    "endTask",
    "exportRefunds",
    "listDaySums",
    "listFailureCounts",
    "listReferenceSums",
    "listRefunds",
    "resendEvents",
  ],
  refundLimit: null,
  refundableToday: null,
};

const viewer: Me = {
  ...refunder,
  by: { type: "operator", id: "op_2", name: "Rui Leal" },
  role: "viewer",
  operations: ["listPayments", "listTasks"],
};

export const shellOf = (lang: Lang, path: string, changes: Partial<Shell> = {}): Shell => ({
  lang,
  me: refunder,
  tasks: { count: 3, more: false },
  path,
  q: "",
  ...changes,
});

const attempt: Attempt = {
  id: "att_1",
  method: "mbway",
  status: "declined",
  inDoubt: false,
  amount: 4_950,
  transactionId: "s2a4tHbQ9R1cXn0Lw7Zu",
  createdAt: "2026-11-27T09:31:04Z",
  expiresAt: "2026-11-27T09:35:04Z",
  failure: { reason: "declined_by_customer", code: "A0020", message: "Declined.", next: "try_again" },
  settled: null,
  card: null,
  mbway: { phone: "351#*****9999" },
  multibanco: null,
};

const byReference: Attempt = {
  ...attempt,
  id: "att_2",
  method: "multibanco",
  status: "approved",
  transactionId: "s2mWQ4b7yP0aVt1Kd8Xe",
  createdAt: "2026-11-27T09:40:12Z",
  failure: null,
  mbway: null,
  multibanco: { entity: "24000", reference: "123456789", amount: 4_950, expiresAt: "2026-11-30T09:30:00Z" },
};

const refund: Operation = {
  id: "rfd_1",
  payment: "pay_1",
  amount: 1_200,
  status: "succeeded",
  reason: "requested",
  failure: null,
  settled: null,
  statedReason: "requested_by_customer",
  note: "Uma das canecas chegou partida.",
  requestedBy: null,
  createdAt: "2026-11-28T10:12:00Z",
};

/** Declined on the phone, then paid at an ATM, and refunded in part. */
export const paid: Payment = {
  id: "pay_00000001abcdefghij",
  terminal: "52221",
  status: "paid",
  amount: 4_950,
  amountAuthorized: 4_950,
  amountCaptured: 4_950,
  amountReleased: 0,
  amountRefunded: 1_200,
  reference: "2026-1187",
  description: "Duas canecas e um sabonete de alfazema",
  methods: ["mbway", "multibanco"],
  capture: "automatic",
  latePayments: "refund",
  customer: { id: "c-77", name: "Ana Sousa", email: "ana.sousa@example.pt", phone: "919 999 999" },
  mandate: null,
  plan: null,
  metadata: { canal: "loja em linha" },
  payUrl: "https://pagar.example/pay/abc",
  attention: null,
  attempts: [attempt, byReference],
  refunds: [refund],
  captures: [],
  cancellations: [],
  createdAt: "2026-11-27T09:30:00Z",
  expiresAt: "2026-11-30T09:30:00Z",
  paidAt: "2026-11-27T12:03:10Z",
};

const by = (type: "shop" | "customer" | "sibs" | "clock" | "operator", name: string | null = null) => ({
  type,
  id: null,
  name,
});

const journal: JournalLine[] = [
  {
    number: 1,
    at: "2026-11-27T09:30:00Z",
    kind: "payment_created",
    by: by("shop"),
    text: "Foi pedido um pagamento de 49,50 €: encomenda 2026-1187.",
    data: {},
  },
  {
    number: 2,
    at: "2026-11-27T09:31:04Z",
    kind: "attempt_prepared",
    by: by("customer"),
    text: "Começou uma tentativa de pagamento: MB WAY, 351#*****9999.",
    data: { attempt: "att_1" },
  },
  {
    number: 3,
    at: "2026-11-27T09:31:05Z",
    kind: "attempt_submitted",
    by: by("customer"),
    text: "Ficou registado que se pede a cobrança à SIBS, e o pedido seguiu.",
    data: { attempt: "att_1" },
  },
  {
    number: 4,
    at: "2026-11-27T09:31:06Z",
    kind: "attempt_asked",
    by: by("clock"),
    text: "Perguntou-se à SIBS, que respondeu: Pending.",
    data: { attempt: "att_1" },
  },
  {
    number: 5,
    at: "2026-11-27T09:32:10Z",
    kind: "attempt_ended",
    by: by("sibs"),
    text: "A tentativa acabou sem dinheiro (declined): O cliente recusou o pedido na aplicação MB WAY.",
    data: { attempt: "att_1" },
  },
  {
    number: 6,
    at: "2026-11-27T09:40:12Z",
    kind: "attempt_pending",
    by: by("customer"),
    text: "A SIBS criou a referência 24000 123456789, válida até 2026-11-30.",
    data: { attempt: "att_2" },
  },
  {
    number: 7,
    at: "2026-11-27T12:03:10Z",
    kind: "attempt_approved",
    by: by("sibs"),
    text: "Foram pagos 49,50 €.",
    data: { attempt: "att_2" },
  },
  {
    number: 8,
    at: "2026-11-28T10:12:00Z",
    kind: "operation_requested",
    by: by("operator", "Marta Figueiredo"),
    text: "O reembolso de 12,00 € começou: foi pedido.",
    data: { operation: "rfd_1" },
  },
  {
    number: 9,
    at: "2026-11-28T10:12:03Z",
    kind: "operation_succeeded",
    by: by("sibs"),
    text: "O reembolso está feito.",
    data: { operation: "rfd_1" },
  },
];

const doubtful: Operation = { ...refund, id: "rfd_2", amount: 900, status: "in_doubt" };

export const task: Task = {
  id: "tsk_1",
  kind: "operation_in_doubt",
  subject: paid.id,
  since: "2026-11-28T10:12:00Z",
  text: "Perdeu-se a resposta da SIBS, e a SIBS ainda não disse se foi feito. Se durar, consulte o SIBS Backoffice.",
  next: "Pergunta-se à SIBS até se saber; não volta a ser enviado.",
  actions: [
    { method: "POST", path: "/v1/operations/rfd_2/settle", text: "Dizer se foi feito." },
    { method: "GET", path: `/v1/payments/${paid.id}/journal`, text: "Ler o que aconteceu." },
  ],
};

const view: PaymentView = {
  payment: paid,
  journal,
  tasks: [],
  waiting: [],
  events: {
    data: [
      { id: "evt_2", type: "refund.succeeded", timestamp: "2026-11-28T10:12:03Z", sequence: 3 },
      { id: "evt_1", type: "payment.paid", timestamp: "2026-11-27T12:03:10Z", sequence: 2 },
    ],
    undelivered: ["evt_2"],
    shown: {
      id: "evt_1",
      type: "payment.paid",
      timestamp: "2026-11-27T12:03:10Z",
      sequence: 2,
      deliveries: [
        { endpoint: "end_1", at: "2026-11-27T12:03:11Z", status: 500, ms: 210 },
        { endpoint: "end_1", at: "2026-11-27T12:03:41Z", status: 200, ms: 74 },
      ],
    },
  },
  notes: [
    {
      id: "note_1",
      text: "A cliente telefonou: uma das canecas chegou partida.",
      by: { type: "operator", id: "op_1", name: "Marta Figueiredo" },
      at: "2026-11-28T10:05:00Z",
    },
  ],
  done: null,
  key: "key",
  live: "/nowhere/events",
};

const held: Payment = {
  ...paid,
  status: "authorized",
  capture: "manual",
  amountCaptured: 0,
  amountRefunded: 0,
  paidAt: null,
  refunds: [],
  attempts: [
    {
      ...attempt,
      method: "card",
      status: "approved",
      failure: null,
      mbway: null,
      card: { brand: "VISA", lastFour: "4242" },
    },
  ],
};

const undelivered: Task = {
  id: "events_undelivered.ep_1",
  kind: "events_undelivered",
  subject: "ep_1",
  since: "2026-11-28T09:12:00Z",
  text: "Your endpoint has not taken events (12). See that it answers with 2xx.",
  next: "What is not given up is tried again, for three days in all.",
  actions: [
    { method: "POST", path: "/v1/events/resend", text: "Send them again, with `{}`." },
    { method: "POST", path: "/v1/tasks/events_undelivered.ep_1/done", text: "Say that it is done with." },
  ],
};

const tasksPage: Page<Task> = { data: [undelivered, task], hasMore: true, next: "n" };

const waiting: Approval = {
  id: "apr_1",
  status: "waiting",
  payment: paid.id,
  amount: 3_000,
  statedReason: "duplicate",
  note: "O cliente pagou também por transferência.",
  requestedBy: { id: "op_2", name: "Rui Leal" },
  decidedBy: null,
  decisionNote: null,
  createdAt: "2026-11-28T10:12:00Z",
  expiresAt: "2026-12-05T10:12:00Z",
};

/** The screens of the dashboard in their states, as they are drawn in a language. */
export const dashboardStates: Record<string, (lang: Lang) => string> = {
  ...subscriptionStates,
  ...customerStates,
  today: (lang) => renderToday(shellOf(lang, "/dashboard/today", { me: owner }), goodDay),
  tasks: (lang) => renderTasks(shellOf(lang, "/dashboard/tasks", { me: owner }), { page: tasksPage, done: null }),
  task: (lang) =>
    renderTaskAction(shellOf(lang, "/dashboard/tasks/events_undelivered.ep_1/resend", { me: owner }), {
      kind: "resend",
      task: undelivered,
      form: { key: "k", typed: {}, faults: {}, problem: null },
    }),
  refunds: (lang) =>
    renderRefunds(shellOf(lang, "/dashboard/refunds", { me: owner }), {
      page: { data: [refund, doubtful], hasMore: false, next: null },
      filter: {},
    }),
  morning: (lang) => renderToday(shellOf(lang, "/dashboard/today", { me: owner, tasks: null }), badMorning),
  payments: (lang) =>
    renderPayments(shellOf(lang, "/dashboard/payments?status=paid&after=x"), {
      page: {
        data: [paid, { ...held, id: "pay_2" }, { ...paid, id: "pay_3", refunds: [doubtful] }],
        hasMore: true,
        next: "n",
      },
      filter: { status: "paid" },
      live: null,
    }),
  nothing: (lang) =>
    renderPayments(shellOf(lang, "/dashboard/payments?q=9999", { q: "9999" }), {
      page: { data: [], hasMore: false, next: null },
      filter: {},
      live: null,
    }),
  payment: (lang) => renderPayment(shellOf(lang, `/dashboard/payments/${paid.id}`), { ...view, done: "refund" }),
  doubt: (lang) =>
    renderPayment(shellOf(lang, `/dashboard/payments/${paid.id}`), {
      ...view,
      payment: {
        ...paid,
        refunds: [refund, doubtful],
        attention: { reason: "in_doubt", attempt: "att_2", operation: "rfd_2", at: "2026-11-28T10:12:00Z" },
      },
      tasks: [task],
      waiting: [waiting],
    }),
  held: (lang) => renderPayment(shellOf(lang, `/dashboard/payments/${paid.id}`), { ...view, payment: held, notes: [] }),
  viewer: (lang) =>
    renderPayment(shellOf(lang, `/dashboard/payments/${paid.id}`, { me: viewer, tasks: null }), {
      ...view,
      payment: {
        ...paid,
        status: "pending",
        amountAuthorized: 0,
        amountCaptured: 0,
        amountRefunded: 0,
        refunds: [],
        paidAt: null,
        attempts: [attempt, { ...byReference, status: "pending" }],
      },
      events: null,
      notes: null,
    }),
  refund: (lang) =>
    renderRefund(shellOf(lang, `/dashboard/payments/${paid.id}/refund`), {
      payment: { ...paid, refunds: [refund, doubtful] },
      form: { key: "k", typed: {}, faults: {}, problem: null },
    }),
  "refund-refused": (lang) =>
    renderRefund(shellOf(lang, `/dashboard/payments/${paid.id}/refund`), {
      payment: paid,
      form: {
        key: "k",
        typed: { amount: "40" },
        faults: { amount: "too_much" },
        problem: {
          type: "/problems/refund_exceeds_captured",
          title: "The refund exceeds what was captured.",
          status: 422,
          detail: "At most 3750 cents can still be refunded.",
          errors: [],
        },
      },
    }),
  approval: (lang) =>
    renderApproval(shellOf(lang, `/dashboard/payments/${paid.id}/approvals/apr_1`), {
      payment: paid,
      approval: waiting,
      approve: { key: "a", typed: {}, faults: {}, problem: null },
      refuse: { key: "r", typed: {}, faults: { note: "missing" }, problem: null },
    }),
  settle: (lang) =>
    renderAction(shellOf(lang, `/dashboard/payments/${paid.id}/attempts/att_1/settle`), {
      kind: "settle_attempt",
      payment: paid,
      about: "att_00000001abcdefghij",
      most: null,
      form: { key: "k", typed: { outcome: "approved" }, faults: { note: "missing" }, problem: null },
    }),
  cancel: (lang) =>
    renderAction(shellOf(lang, `/dashboard/payments/${paid.id}/cancel`), {
      kind: "cancel",
      payment: { ...paid, status: "open" },
      about: null,
      most: null,
      form: { key: "k", typed: {}, faults: {}, problem: null },
    }),
  link: (lang) =>
    renderLink(shellOf(lang, `/dashboard/payments/${paid.id}/link`), {
      payment: paid,
      qr: { size: 3, path: "M0 0h1v1h-1zM2 0h1v1h-1zM1 1h1v1h-1zM0 2h1v1h-1z" },
    }),
  receipt: (lang) =>
    renderReceipt(shellOf(lang, `/dashboard/payments/${paid.id}/receipt`), {
      payment: paid,
      merchant: { merchantName: "Loja do Cais", merchantContact: "ajuda@lojadocais.pt" },
    }),
  refused: (lang) =>
    renderRefused(shellOf(lang, "/dashboard/payments/pay_x"), {
      problem: { type: "/problems/not_found", title: "", status: 404, detail: "", errors: [] },
      requestId: "req_1",
      mayGoBetter: false,
    }),
};
