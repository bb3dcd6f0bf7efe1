import { inThrees } from "../../parts/in-threes.ts";
import { moment } from "../../parts/moment.ts";
import type { Payment } from "../api/payments.ts";
import { methodName } from "../parts/methods.ts";
import { Fact, Facts, Money, When } from "../parts/shown.tsx";
import { fundingOf } from "../payment/money.ts";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { receiptTexts } from "./texts.ts";

export interface ReceiptView {
  payment: Payment;
  /** Whom the customer paid, how they are reached, and their tax number. */
  shop: { name: string; contact: string | null; taxNumber: string | null };
}

/** Renders what is printed of a payment. */
export function renderReceipt(shell: Shell, view: ReceiptView): string {
  return renderScreen(shell, { title: receiptTexts[shell.lang].title, body: <ReceiptPage view={view} /> });
}

function ReceiptPage({ view: { payment, shop } }: { view: ReceiptView }) {
  const { say, lang } = useDesk();
  const texts = say(receiptTexts);
  const by = fundingOf(payment);
  const refunds = payment.refunds.filter(({ status, reason }) => status === "succeeded" && reason === "requested");
  return (
    <>
      <section class="card narrow receipt stack">
        <h1>{texts.title}</h1>
        <p>
          {texts.to} <strong>{shop.name}</strong>
          {shop.taxNumber !== null && ` · NIF ${inThrees(shop.taxNumber)}`}
          {shop.contact !== null && <span class="hint"> · {shop.contact}</span>}
        </p>
        <Facts>
          <Fact name={texts.order}>{payment.reference}</Fact>
          <Fact name={texts.description}>{payment.description}</Fact>
          {payment.paidAt !== null && <Fact name={texts.paid}>{moment(payment.paidAt, lang)}</Fact>}
          {by !== undefined && <Fact name={texts.by}>{methodName(by.method, lang)}</Fact>}
          <Fact name={texts.transaction}>{by?.transactionId}</Fact>
          <Fact name={texts.number}>{payment.id}</Fact>
        </Facts>
        <dl class="sums">
          <Sum name={texts.amount} amount={payment.amountCaptured} />
          {refunds.map(({ id, amount, createdAt }) => (
            <div key={id}>
              <dt>
                {texts.refunded} <When at={createdAt} />
              </dt>
              <dd>
                −<Money amount={amount} />
              </dd>
            </div>
          ))}
          {payment.amountRefunded > 0 && (
            <Sum name={texts.kept} amount={payment.amountCaptured - payment.amountRefunded} />
          )}
        </dl>
        <p class="hint">{texts.noInvoice}</p>
      </section>
      <p class="presses">
        <button type="button" class="button needs-script" data-print>
          {texts.print}
        </button>
        <a class="button quiet" href={`/dashboard/payments/${payment.id}`}>
          {texts.back}
        </a>
      </p>
    </>
  );
}

function Sum({ name, amount }: { name: string; amount: number }) {
  return (
    <div class="total">
      <dt>{name}</dt>
      <dd>
        <Money amount={amount} />
      </dd>
    </div>
  );
}
