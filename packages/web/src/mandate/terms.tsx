import type { ComponentChildren } from "preact";
import { day } from "../parts/day.ts";
import { ending } from "../parts/ending.ts";
import { euros } from "../parts/euros.ts";
import { CaravelIcon } from "../parts/icons.tsx";
import type { TermsTexts } from "./terms.pt.ts";
import type { PlanOnPage, TermsView } from "./view.ts";

interface TermsProps {
  view: TermsView;
  texts: TermsTexts;
}

/** Who charges, and what for. */
export function TermsSummary({ view, texts }: TermsProps) {
  return (
    <header class="summary">
      <p class="merchant">
        <span class="faint">{texts.authorizedTo}</span> {view.merchant}
      </p>
      <p class="purpose">{view.description}</p>
      {plansToTell(view).map((plan) => (
        <p key={plan.id}>{planInWords(plan, view, texts)}</p>
      ))}
      {view.reference !== null && (
        <p class="faint">
          {texts.reference} {view.reference}
        </p>
      )}
      <p class="through on-screen">
        <CaravelIcon />
        <span>{texts.through}</span>
      </p>
    </header>
  );
}

/** How often, how much at most, until when, and how to stop. @param managePath where it is looked after; null on that page itself. */
export function Terms({ view, texts, managePath }: TermsProps & { managePath: string | null }) {
  return (
    <dl class="terms">
      <Term name={texts.howMuch}>
        {plansToTell(view).length === 0 && <p>{texts.withoutPlan[view.type](view.merchant)}</p>}
        {plansToTell(view).map((plan) => (
          <p key={plan.id}>
            {planInWords(plan, view, texts)}
            {plan.state === "paused" && <span class="tag">{texts.paused}</span>}
          </p>
        ))}
      </Term>
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

function plansToTell({ plans }: TermsView): PlanOnPage[] {
  return plans.filter(({ state }) => state !== "over");
}

function planInWords(plan: PlanOnPage, { lang, description }: TermsView, texts: TermsTexts): string {
  const words = texts.plan({
    amount: euros(plan.amount, lang),
    every: plan.every,
    firstDate: day(plan.firstDate, lang),
    endDate: plan.endDate === null ? null : day(plan.endDate, lang),
  });
  return plan.description === null || plan.description === description ? words : `${plan.description}: ${words}`;
}
