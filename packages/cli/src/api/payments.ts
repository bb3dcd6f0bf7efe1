import type { Journal, ListPaymentsQuery, Payment } from "@caravela/client";
import type { Environment } from "@caravela/platform/settings";
import type { Output } from "../output.ts";
import { connect, readServer } from "./connect.ts";
import { columns, euros, inLisbon } from "./words.ts";

/** Lists payments, newest first. */
export async function listPayments(env: Environment, query: ListPaymentsQuery, output: Output): Promise<void> {
  const page = await connect(readServer(env)).payments.list(query);
  const rows = page.data.map((payment) => {
    const { day, time } = inLisbon(payment.createdAt);
    return [`${day} ${time}`, payment.id, String(payment.status), euros(payment.amount), payment.reference];
  });
  output.result(page, [
    ...columns(rows),
    ...(rows.length === 0 ? ["There is no such payment."] : []),
    ...(page.next === null ? [] : [`There are more: --after ${page.next}`]),
  ]);
}

/** Shows a payment, and tells all that happened to it. */
export async function showPayment(env: Environment, id: string, language: string, output: Output): Promise<void> {
  const { payments } = connect(readServer(env));
  const [payment, journal] = await Promise.all([payments.retrieve(id), payments.journal(id, { language })]);
  output.result({ payment, journal: journal.data }, [...headOf(payment), ...storyOf(journal)]);
}

function headOf(payment: Payment): string[] {
  const sums = [
    ["authorized", payment.amountAuthorized],
    ["captured", payment.amountCaptured],
    ["given up", payment.amountReleased],
    ["refunded", payment.amountRefunded],
  ] as const;
  const moved = sums.filter(([, amount]) => amount > 0).map(([what, amount]) => `${euros(amount)} ${what}`);
  return [
    `${payment.id}  ${payment.status}  ${euros(payment.amount)}  ${payment.reference}`,
    ...(payment.description === null ? [] : [payment.description]),
    ...(moved.length === 0 ? [] : [moved.join(", ")]),
    ...(payment.attention === null ? [] : [`needs a person: ${payment.attention.reason}`]),
    ...(payment.status === "open" ? [`to be paid at ${payment.payUrl}`] : []),
  ];
}

/** Line by line, under each day's date. */
function storyOf({ data }: Journal): string[] {
  let before = "";
  return data.flatMap(({ at, by, text }) => {
    const { day, time } = inLisbon(at);
    const heading = day === before ? [] : ["", day];
    before = day;
    return [...heading, `  ${time}  ${text}${by === null ? "" : `  (${whoIs(by)})`}`];
  });
}

const WHO: Readonly<Record<string, string>> = {
  shop: "the shop",
  customer: "the customer",
  sibs: "SIBS",
  clock: "by itself",
  operator: "a colleague",
};

function whoIs({ type, name }: NonNullable<Journal["data"][number]["by"]>): string {
  const who = WHO[type] ?? type;
  return name === null ? who : `${who}: ${name}`;
}
