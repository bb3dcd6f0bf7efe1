import type { ComponentChildren } from "preact";
import { day } from "../parts/day.ts";
import { ending } from "../parts/ending.ts";
import { euros } from "../parts/euros.ts";
import { PaidTo } from "../parts/shop.tsx";
import type { TermsTexts } from "./terms.pt.ts";
import type { PlanOnPage, TermsView } from "./view.ts";

interface TermsProps {
  view: TermsView;
  texts: TermsTexts;
}

/** Who charges, what for, how much and how often. */
export function TermsSummary({ view, texts }: TermsProps) {
  const running = view.plans.filter(({ state }) => state !== "over");
  // Of a mandate that is over, what it was.
  const plans = running.length > 0 ? running : view.plans;
  return (
    <>
      <PaidTo label={texts.authorizedTo} shop={view.shop} />
      <p class="purpose">{view.description}</p>
      {plans.length === 0 && <p>{texts.withoutPlan[view.type](view.shop.name)}</p>}
      {plans.map((plan) => (
        <Plan key={plan.id} plan={plan} view={view} texts={texts} />
      ))}
      {view.reference !== null && (
        <p class="faint">
          {texts.reference} {view.reference}
        </p>
      )}
    </>
  );
}

function Plan({ plan, view, texts }: TermsProps & { plan: PlanOnPage }) {
  const { amount, every, description, firstDate, endDate, state } = plan;
  const print = (date: string) => day(date, view.lang);
  return (
    <p class="plan">
      <span class="rate">{texts.rate(euros(amount, view.lang), every)}</span>
      {state === "paused" && <span class="tag">{texts.paused}</span>}
      <span class="during">
        {description !== null && description !== view.description && `${description}, `}
        {texts.during(print(firstDate), endDate === null ? null : print(endDate))}
      </span>
    </p>
  );
}

/**
 * How much at most, until when, and how to stop. @param managePath where it is looked after; null on that page itself.
 */
export function Terms({ view, texts, managePath }: TermsProps & { managePath: string | null }) {
  return (
    <dl class="terms">
      <Term name={texts.atMost}>
        <p>
          {view.limit === null ? texts.limitToSet[view.type] : texts.limit[view.type](euros(view.limit, view.lang))}
        </p>
        <p class="hint">{texts.overLimit}</p>
      </Term>
      <Term name={texts.validUntil}>
        <p>{view.validUntil === null ? texts.endToSet : day(view.validUntil, view.lang)}</p>
      </Term>
      <Term name={texts.phone}>
        <p>{texts.phoneEnding(ending(view.phone))}</p>
      </Term>
      {managePath !== null && (
        <Term name={texts.howToStop}>
          <p>
            {texts.stop} <a href={managePath}>{texts.stopHere}</a>.
          </p>
        </Term>
      )}
    </dl>
  );
}

function Term({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
