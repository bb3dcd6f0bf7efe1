import { typedEuros } from "../../parts/euros.ts";
import type { Mandate, Plan } from "../api/mandates.ts";
import { ActionForm, Field, type FormView } from "../parts/forms.tsx";
import { Fact, Facts, Money, moneyOf } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import type { SubscriptionActionKind } from "./actions.ts";
import { dayOf, limitOf, MandatePill, mandateName, mandatePath, PlanPill, rateOf } from "./shown.tsx";
import { subscriptionTexts } from "./texts.ts";

export interface SubscriptionActionView {
  kind: SubscriptionActionKind;
  mandate: Mandate;
  /** Null: it is about the authorised payment. */
  plan: Plan | null;
  form: FormView;
}

const GRAVE: readonly SubscriptionActionKind[] = ["cancel", "end"];

/** Renders the page on which a person does something with an authorised payment or a plan. */
export function renderSubscriptionAction(shell: Shell, view: SubscriptionActionView): string {
  const { title } = subscriptionTexts[shell.lang].actions[view.kind];
  return renderScreen(shell, { title, body: <ActionPage view={view} /> });
}

function ActionPage({ view: { kind, mandate, plan, form } }: { view: SubscriptionActionView }) {
  const desk = useDesk();
  const texts = desk.say(subscriptionTexts);
  const { title, why, press } = texts.actions[kind];
  const [here = ""] = desk.path.split("?");
  const back = mandatePath(mandate.id);
  const next = kind === "skip" ? (plan?.nextCharge ?? null) : null;
  return (
    <section class="card narrow stack">
      <h1>{title}</h1>
      <p class="of-payment">
        <a href={back}>{mandateName(mandate, desk)}</a> <MandatePill mandate={mandate} />
      </p>
      {plan !== null && (
        <p>
          {rateOf(plan, desk)} <PlanPill plan={plan} />
        </p>
      )}
      <p>{why}</p>
      {kind === "skip" && next === null ? (
        <p>{texts.nothingNext}</p>
      ) : (
        <ActionForm to={here} form={form} submit={press} grave={GRAVE.includes(kind)} back={back}>
          {next !== null && (
            <>
              <Facts>
                <Fact name={texts.charge}>{next.period}</Fact>
                <Fact name={texts.day}>{dayOf(next.date, desk)}</Fact>
                <Fact name={texts.amount}>
                  <Money amount={next.amount} />
                </Fact>
              </Facts>
              <input type="hidden" name="period" value={next.period} />
            </>
          )}
          {kind === "amount" && plan !== null && (
            <Field
              name="amount"
              label={texts.newAmount}
              hint={mandate.limit === null ? undefined : `${texts.atMost} ${limitOf(mandate, desk)}`}
              form={form}
              initial={typedEuros(moneyOf(plan.amount), desk.lang)}
              kind="money"
              maxLength={20}
            />
          )}
        </ActionForm>
      )}
    </section>
  );
}
