import { AmountField, OfPayment } from "../action/page.tsx";
import type { Payment } from "../api/payments.ts";
import { ActionForm, Field, type FormView, Select } from "../parts/forms.tsx";
import { YourLimit } from "../parts/limits.tsx";
import { refundSeen } from "../parts/methods.ts";
import { fundingOf, refundableOf } from "../payment/money.ts";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { REFUND_REASONS, refundTexts } from "./texts.ts";

export interface RefundView {
  payment: Payment;
  form: FormView;
}

/** Renders the page on which money is given back. */
export function renderRefund(shell: Shell, view: RefundView): string {
  return renderScreen(shell, { title: refundTexts[shell.lang].title, body: <RefundPage view={view} /> });
}

function RefundPage({ view: { payment, form } }: { view: RefundView }) {
  const texts = useDesk().say(refundTexts);
  const left = refundableOf(payment);
  const at = `/dashboard/payments/${payment.id}`;
  return (
    <section class="card narrow stack">
      <h1>{texts.title}</h1>
      <OfPayment payment={payment} />
      {payment.refunds.some(({ status }) => status === "in_doubt") && <p class="warning">{texts.doubt}</p>}
      {left === 0 ? (
        <p>{texts.nothing}</p>
      ) : (
        <ActionForm to={`${at}/refund`} form={form} submit={texts.press} back={at}>
          <AmountField most={left} form={form} />
          <Select
            name="reason"
            label={texts.reason}
            options={REFUND_REASONS.map((value) => ({ value, label: texts.reasons[value] }))}
            form={form}
          />
          <Field
            name="note"
            label={texts.note}
            hint={texts.noteHint}
            form={form}
            kind="long"
            maxLength={1_000}
            optional
          />
          <Foreseen payment={payment} />
        </ActionForm>
      )}
    </section>
  );
}

/** What the customer will see and when, and how far whoever asks may go. */
function Foreseen({ payment }: { payment: Payment }) {
  const { say, lang } = useDesk();
  const texts = say(refundTexts);
  const by = fundingOf(payment);
  const seen = by === undefined ? null : refundSeen(by.method, lang);
  return (
    <div class="foreseen stack">
      <div>
        <h2>{texts.sees}</h2>
        {seen !== null && <p>{seen}</p>}
        <p>{texts.when}</p>
      </div>
      <YourLimit of="refundLimit" />
      <p class="hint">{texts.second}</p>
    </div>
  );
}
