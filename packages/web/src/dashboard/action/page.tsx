import { typedEuros } from "../../parts/euros.ts";
import type { Payment } from "../api/payments.ts";
import { ActionForm, Choice, Field, type FormView } from "../parts/forms.tsx";
import { YourLimit } from "../parts/limits.tsx";
import { Copy, Money, moneyOf, StandingPill } from "../parts/shown.tsx";
import { paymentTexts } from "../payment/texts.ts";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { actionTexts } from "./texts.ts";
import type { ActionKind, ActionView } from "./view.ts";

/** Renders the page on which a person does something with a payment. */
export function renderAction(shell: Shell, view: ActionView): string {
  const { title } = actionTexts[shell.lang].actions[view.kind];
  return renderScreen(shell, { title, body: <ActionPage view={view} /> });
}

function ActionPage({ view }: { view: ActionView }) {
  const { say, path } = useDesk();
  const texts = say(actionTexts);
  const { kind, payment, form, about, most } = view;
  const words = texts.actions[kind];
  const [here = ""] = path.split("?");
  return (
    <section class="card narrow stack">
      <h1>{words.title}</h1>
      <OfPayment payment={payment} />
      <p>{words.why}</p>
      {about !== null && SETTLES.includes(kind) && (
        <p>
          {texts.lookFirst} <Copy text={about} what={about} />
        </p>
      )}
      <ActionForm
        to={here}
        form={form}
        submit={words.press}
        grave={GRAVE.includes(kind)}
        back={`/dashboard/payments/${payment.id}`}
      >
        {kind === "ask_phone" && <PhoneField payment={payment} form={form} />}
        {most !== null && <AmountField most={most} form={form} />}
        {kind === "capture" && <YourLimit of="captureLimit" />}
        {kind === "settle_attempt" && <SettleAttempt payment={payment} form={form} />}
        {kind === "settle_operation" && <OutcomeChoice outcomes={["done", "not_done"]} form={form} />}
        {SETTLES.includes(kind) && (
          <Field
            name="transactionId"
            label={texts.transaction}
            hint={texts.transactionHint}
            form={form}
            maxLength={100}
            optional
          />
        )}
        {NOTED.includes(kind) && (
          <Field name="note" label={texts.note} hint={texts.noteHint} form={form} kind="long" maxLength={1_000} />
        )}
      </ActionForm>
    </section>
  );
}

const SETTLES: readonly ActionKind[] = ["settle_attempt", "settle_operation"];
const NOTED: readonly ActionKind[] = [...SETTLES, "resolve", "end_task"];
const GRAVE: readonly ActionKind[] = ["cancel", "release"];

/** Which payment it is, so that nobody acts on another by mistake. */
export function OfPayment({ payment }: { payment: Payment }) {
  const texts = useDesk().say(paymentTexts);
  return (
    <p class="of-payment">
      <a href={`/dashboard/payments/${payment.id}`}>{texts.of(payment.reference)}</a> ·{" "}
      <Money amount={payment.amount} /> <StandingPill payment={payment} />
    </p>
  );
}

/** Whose phone is asked: the customer's own, unless somebody types another. */
function PhoneField({ payment: { customer, attempts }, form }: { payment: Payment; form: FormView }) {
  const texts = useDesk().say(actionTexts);
  const asked = attempts.findLast(({ mbway }) => mbway !== null)?.mbway?.phone;
  return (
    <Field
      name="phone"
      label={texts.phone}
      hint={asked === undefined ? undefined : texts.askedBefore(asked)}
      form={form}
      initial={customer?.phone ?? ""}
      kind="phone"
      maxLength={40}
    />
  );
}

/** An amount that is all there is unless somebody types less. */
export function AmountField({ most, form }: { most: number; form: FormView }) {
  const { say, lang } = useDesk();
  const texts = say(actionTexts);
  return (
    <Field
      name="amount"
      label={texts.amount}
      hint={
        <>
          {texts.most} <Money amount={most} />
        </>
      }
      form={form}
      initial={typedEuros(moneyOf(most), lang)}
      kind="money"
      maxLength={20}
    />
  );
}

function SettleAttempt({ payment, form }: { payment: Payment; form: FormView }) {
  const { say, lang } = useDesk();
  const texts = say(actionTexts);
  return (
    <>
      <OutcomeChoice outcomes={["approved", "not_paid"]} form={form} />
      <Field
        name="amount"
        label={texts.taken}
        hint={texts.takenHint}
        form={form}
        initial={typedEuros(moneyOf(payment.amount), lang)}
        kind="money"
        maxLength={20}
        optional
      />
    </>
  );
}

type Outcome = keyof (typeof actionTexts)["pt"]["outcomes"];

function OutcomeChoice({ outcomes, form }: { outcomes: readonly Outcome[]; form: FormView }) {
  const texts = useDesk().say(actionTexts);
  const options = outcomes.map((value) => ({ value, label: texts.outcomes[value] }));
  return <Choice name="outcome" label={texts.outcome} options={options} form={form} />;
}
