import type { Answer } from "./visited.ts";
import { WEBHOOK } from "./visited.ts";
import type { Visitor } from "./visitor.ts";

/** Something that somebody does: what came of it. */
type Deed = (visitor: Visitor) => Promise<unknown>;

const MINUTE = 60;
const DAY = 86_400;
const STEPS = [0, 11, MINUTE, 4 * MINUTE, 5 * MINUTE, 6 * MINUTE, 3_600, DAY / 4];
/** Around when a phone's request ends, and when a late answer no longer counts. */
const MOMENTS = [239, 240, 241, 299, 300];
const ENDINGS = ["pass", "pass", "fail", "cancel", "timeout"];

const onPhone = (visitor: Visitor, path: string, body?: unknown, phone = visitor.phone) =>
  visitor.gateway.sandbox(`/phones/${encodeURIComponent(phone)}${path}`, body);

/** Each page of a list, from the newest on. */
async function paged(visitor: Visitor, list: string): Promise<unknown> {
  const first = await visitor.gateway.sandbox(`/${list}?limit=3`);
  const { next } = first.body;
  return next === null ? first : [first, await visitor.gateway.sandbox(`/${list}?limit=5&after=${next}`)];
}

/** Everything that can be done, by its name; what is there more than once is done as much more often. */
export const DEEDS: Readonly<Record<string, Deed>> = {
  orderByPhone: async (visitor) => {
    const paymentType = visitor.pick(["PURS", "AUTH"]);
    const made = await visitor.checkout({ methods: ["MBWAY"], reference: null, paymentType });
    return made && visitor.digest(made, "mbway-id/purchase", { customerPhone: visitor.phone });
  },
  orderByReference: async (visitor) => {
    const made = await visitor.checkout({ methods: ["REFERENCE"] });
    return made && visitor.generate(made);
  },
  orderByCard: async (visitor) => {
    const made = await visitor.checkout(visitor.cardWishes);
    return made && visitor.payByCard(made);
  },
  orderByToken: async (visitor) => {
    const made = await visitor.checkout(visitor.cardWishes);
    return made && visitor.payByToken(made);
  },
  orderByAnything: async (visitor) => visitor.checkout({}),
  pressAgain: async (visitor) => {
    const made = visitor.made;
    const calls: (() => Promise<Answer>)[] = [
      () => visitor.digest(made, "mbway-id/purchase", { customerPhone: visitor.phone }),
      () => visitor.generate(made),
      () => visitor.payByCard(made),
    ];
    return visitor.pick(calls)();
  },
  answerOnPhone: async (visitor) => onPhone(visitor, `/${visitor.pick(["approve", "approve", "decline"])}`, {}),
  answerAtTheLastMoment: async (visitor) => {
    const made = await visitor.checkout({ methods: ["MBWAY"], reference: null, amount: 5.5 });
    const customerPhone = visitor.pick(["351#919999991", "351#960000005", "351#960000007", "351#960000008"]);
    const asked = made && (await visitor.digest(made, "mbway-id/purchase", { customerPhone }));
    await visitor.gateway.sandbox("/clock/advance", { seconds: visitor.pick(MOMENTS) });
    const waits = await onPhone(visitor, "", undefined, customerPhone);
    return [asked, waits, await onPhone(visitor, "/approve", {}, customerPhone)];
  },
  lookAtPhone: async (visitor) => onPhone(visitor, ""),
  payAtAtm: async (visitor) => {
    const { entity, reference, amount } = visitor.reference;
    const { value = 5.5 } = amount ?? {};
    return visitor.gateway.sandbox(`/references/${entity}/${reference}/pay`, { amount: String(value) });
  },
  pressAtIssuer: async (visitor) =>
    visitor.gateway.sandbox(`/challenges/${visitor.action.id}/${visitor.pick(ENDINGS)}`, {}),
  loadAtIssuer: async (visitor) => visitor.gateway.sandbox(`/methods/${visitor.action.id}/done`, {}),
  goOnByCard: async (visitor) => visitor.continueCard(),
  orderByCardInSteps: async (visitor) => {
    const made = await visitor.checkout(visitor.cardWishes);
    const first = made && (await visitor.payByCard(made));
    await visitor.gateway.sandbox(`/challenges/${visitor.action.id}/${visitor.pick(ENDINGS)}`, {});
    return [first, await visitor.continueCard()];
  },
  lookAtIssuer: async (visitor) => visitor.gateway.sandbox("/challenges"),
  payAndGoBack: async (visitor) => {
    const made = await visitor.checkout({ ...visitor.cardWishes, amount: 5.5 });
    const paid = made && (await visitor.payByCard(made));
    const names = visitor.pick([["capture", "refund"], ["refund", "refund"], ["cancellation"], ["capture", "mit"]]);
    const answers = [paid];
    for (const name of names) answers.push(await visitor.operate(name, visitor.latest));
    return answers;
  },
  refund: async (visitor) => visitor.operate("refund", visitor.made),
  capture: async (visitor) => visitor.operate("capture", visitor.made),
  cancel: async (visitor) => visitor.operate("cancellation", visitor.made),
  charge: async (visitor) => visitor.operate("mit", visitor.made),
  askStatus: async (visitor) => visitor.bearer(`/payments/${visitor.id}/status`),
  askStatusByOrder: async (visitor) => visitor.bearer(`/payments/status?merchantTransactionId=${visitor.order}`),
  askMandate: async (visitor) => visitor.askMandate(null),
  askMandateAtCheckout: async (visitor) =>
    visitor.askMandate(await visitor.checkout({ methods: ["MBWAY", "MANDATE"], reference: null })),
  giveMandate: async (visitor) => {
    const { transactionId: id, phone } = visitor.mandate;
    const limit = visitor.pick(["20.00", "100.00"]);
    return onPhone(visitor, "/approve", { id, limit, validUntil: visitor.pick(["2026-12-01", "2030-01-01"]) }, phone);
  },
  pressOnMandate: async (visitor) => {
    const { transactionId, phone } = visitor.mandate;
    const press = visitor.pick(["suspend", "reactivate", "reactivate", "cancel", "change"]);
    const body = press === "change" ? { limit: visitor.pick(["10.00", "50.00"]) } : {};
    return onPhone(visitor, `/mandates/${transactionId}/${press}`, body, phone);
  },
  collect: async (visitor) => visitor.collect(),
  authoriseAndCollect: async (visitor) => {
    await visitor.askMandate(null);
    const { transactionId: id, phone } = visitor.latestMandate;
    const given = await onPhone(visitor, "/approve", { id, limit: "20.00" }, phone);
    return [given, await visitor.collect(), await visitor.collect(), await onPhone(visitor, "", undefined, phone)];
  },
  inquireMandate: async (visitor) => {
    const { transactionId, phone } = visitor.mandate;
    const call = visitor.pick(["inquiry", "inquiry-detail"]);
    return visitor.bearer(`/mbway-mandates/${transactionId}/${call}`, {}, { "Mbway-ID": phone });
  },
  listMandates: async (visitor) => visitor.bearer("/mbway-mandates/list", {}, { "Mbway-ID": visitor.phone }),
  cancelMandate: async (visitor) => {
    const { transactionId, phone } = visitor.mandate;
    const merchant = { terminalId: 52221, channel: "web", merchantTransactionId: visitor.order };
    return visitor.bearer(`/mbway-mandates/${transactionId}/cancel`, { merchant }, { "Mbway-ID": phone });
  },
  letTimePass: async (visitor) => visitor.gateway.sandbox("/clock/advance", { seconds: visitor.pick(STEPS) }),
  readTransactions: async (visitor) => paged(visitor, "transactions"),
  readTransaction: async (visitor) => visitor.gateway.sandbox(`/transactions/${visitor.id}`),
  readNotifications: async (visitor) => paged(visitor, "notifications"),
  sendAgain: async (visitor) => {
    const { notifications } = (await visitor.gateway.sandbox("/notifications?limit=100")).body;
    const none = { id: "3b241101-e2bb-4255-8caf-4136c566a962" };
    const { id } = visitor.pick([...notifications, none]) as { id: string };
    return visitor.gateway.sandbox(`/notifications/${id}/resend`, {});
  },
  changeWebhook: async (visitor) =>
    visitor.gateway.sandbox("/terminals/52221", { webhook: visitor.pick([null, WEBHOOK, WEBHOOK, WEBHOOK]) }, "PUT"),
  takeWebhookAway: async (visitor) => {
    const made = await visitor.checkout(visitor.cardWishes);
    const paid = made && (await visitor.payByCard(made));
    await visitor.gateway.sandbox("/terminals/52221", { webhook: null }, "PUT");
    await visitor.gateway.sandbox("/clock/advance", { seconds: 0 });
    await visitor.gateway.sandbox("/terminals/52221", { webhook: WEBHOOK }, "PUT");
    return paid;
  },
  changeTerminal: async (visitor) => {
    const changes = [
      { disableMandateMBWAYFallback: true },
      { disableMandateMBWAYFallback: false },
      { merchantName: "Livraria" },
      { methods: ["CARD", "MBWAY", "REFERENCE"] },
    ];
    await visitor.gateway.sandbox(`/terminals/${visitor.pick(["52221", "7", "70000"])}`, visitor.pick(changes), "PUT");
    return visitor.gateway.sandbox("/terminals");
  },
  changeFaults: async (visitor) => {
    const calls = visitor.pick([{}, {}, { status: { http: { 503: 0.5 } } }, { "*": { html: 0.2 } }]);
    await visitor.gateway.sandbox("/faults", { seed: visitor.pick([null, 7]), calls }, "PUT");
    return visitor.gateway.sandbox("/faults");
  },
  restart: async (visitor) => visitor.gateway.start(),
};

/** What moves money, and time: done more often than the rest. */
export const OFTEN: readonly string[] = [
  "orderByPhone",
  "orderByReference",
  "orderByCardInSteps",
  "answerOnPhone",
  "answerAtTheLastMoment",
  "payAtAtm",
  "payAndGoBack",
  "authoriseAndCollect",
  "letTimePass",
];

/** Forgets all, and begins as at first: with a webhook, and nothing that goes wrong. */
export async function beginAnew(visitor: Visitor): Promise<void> {
  await visitor.gateway.sandbox("/reset", {});
  await visitor.gateway.sandbox("/terminals/52221", { webhook: WEBHOOK }, "PUT");
}
