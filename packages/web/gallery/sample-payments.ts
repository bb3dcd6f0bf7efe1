import type { Attempt, JournalLine, Operation, Payment } from "@caravela/web/dashboard";

/** Declined on the phone. */
export const attempt: Attempt = {
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

/** Paid at an ATM. */
export const byReference: Attempt = {
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

/** Of a part, and done. */
export const refund: Operation = {
  id: "rfd_1",
  payment: "pay_1",
  reference: "2026-1187",
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

/** Nobody knows whether it was done. */
export const doubtful: Operation = { ...refund, id: "rfd_2", amount: 900, status: "in_doubt" };

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
  fundedBy: byReference.id,
  attempts: [attempt, byReference],
  refunds: [refund],
  captures: [],
  cancellations: [],
  createdAt: "2026-11-27T09:30:00Z",
  expiresAt: "2026-11-30T09:30:00Z",
  paidAt: "2026-11-27T12:03:10Z",
};

/** Authorised, and not yet captured. */
export const held: Payment = {
  ...paid,
  status: "authorized",
  capture: "manual",
  amountCaptured: 0,
  amountRefunded: 0,
  paidAt: null,
  refunds: [],
  fundedBy: attempt.id,
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

const by = (type: "shop" | "customer" | "sibs" | "clock" | "operator", name: string | null = null) => ({
  type,
  id: null,
  name,
});

/** What happened to it. */
export const journal: JournalLine[] = [
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
