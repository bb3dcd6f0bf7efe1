import { euros } from "../../parts/euros.ts";
import { moment } from "../../parts/moment.ts";
import type { Whole } from "../api/answers.ts";
import type { JournalLine, Task } from "../api/happenings.ts";
import type { Mandate, Plan } from "../api/mandates.ts";
import type { Payment } from "../api/payments.ts";
import { customerPath } from "../parts/customer-path.ts";
import { failureWords } from "../parts/failures.ts";
import { Live } from "../parts/live.tsx";
import { AndMore } from "../parts/more.tsx";
import {
  Card,
  Copy,
  Fact,
  Facts,
  isWhole,
  Money,
  moneyOf,
  Pill,
  StandingPill,
  When,
  withShortPhones,
} from "../parts/shown.tsx";
import { Table } from "../parts/table.tsx";
import { TaskList } from "../parts/tasks.tsx";
import { Timeline } from "../payment/timeline.tsx";
import { type Desk, useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { isAlive, PLAN_ACTIONS } from "./actions.ts";
import { dayOf, limitOf, MandatePill, mandateName, mandatePath, PlanPill, rateOf } from "./shown.tsx";
import { subscriptionTexts } from "./texts.ts";

/** A plan with its calendar. */
export interface PlanInView {
  plan: Plan;
  /** The latest that it charged, newest first. */
  charged: readonly Payment[];
  /** The days of the charges after the next one, as far as they are shown. */
  later: readonly { period: number; date: string }[];
}

/** An authorised payment with all that is known around it. */
export interface SubscriptionView {
  mandate: Mandate;
  plans: readonly PlanInView[];
  journal: readonly JournalLine[];
  tasks: Whole<Task>;
  /** What was done a moment ago; null: nothing. */
  done: string | null;
  /** Where its changes are heard. */
  live: string;
}

/** Renders the page of an authorised payment. */
export function renderSubscription(shell: Shell, view: SubscriptionView): string {
  const { description, reference } = view.mandate;
  const title = description ?? reference ?? subscriptionTexts[shell.lang].unnamed;
  return renderScreen(shell, { title, body: <SubscriptionPage view={view} /> });
}

function SubscriptionPage({ view: { mandate, plans, journal, tasks, done, live } }: { view: SubscriptionView }) {
  const desk = useDesk();
  const texts = desk.say(subscriptionTexts);
  const said = done === null ? undefined : texts.done[done];
  const mayEnd = desk.may("cancelMandate") && isAlive(mandate);
  return (
    <>
      <header class="title">
        <h1>
          {mandateName(mandate, desk)} <MandatePill mandate={mandate} />
        </h1>
        <Live from={live} />
      </header>
      {said !== undefined && (
        <p class="done" role="status">
          {said}
        </p>
      )}
      {(mayEnd || isWhole(mandate.manageUrl)) && (
        <nav class="actions" aria-label={texts.actionsLabel}>
          {mayEnd && (
            <a class="button quiet" href={`${mandatePath(mandate.id)}/cancel`}>
              {texts.actions.cancel.title}
            </a>
          )}
          {isWhole(mandate.manageUrl) && (
            <a class="button quiet" href={mandate.manageUrl} rel="noreferrer">
              {texts.customerPage}
            </a>
          )}
        </nav>
      )}
      <div class="columns" data-region="subscription">
        <div class="stack">
          <Card id="next" title={texts.next}>
            {nextsOf(mandate, desk).map((text) => (
              <p key={text} class={mandate.inDoubt ? "next in_doubt" : "next"}>
                {text}
              </p>
            ))}
          </Card>
          {tasks.data.length > 0 && (
            <Card id="tasks" title={texts.tasks}>
              <TaskList tasks={tasks.data} />
              <AndMore of={tasks} to="/dashboard/tasks" />
            </Card>
          )}
          <Card id="plans" title={texts.plans}>
            {plans.length === 0 ? <p>{texts.noPlans}</p> : plans.map((one) => <PlanPart key={one.plan.id} of={one} />)}
          </Card>
          <Card id="timeline" title={texts.timeline}>
            <Timeline journal={journal} />
          </Card>
        </div>
        <div class="stack">
          <Details mandate={mandate} />
        </div>
      </div>
    </>
  );
}

/** What happens of a mandate without anybody doing anything. */
function nextsOf({ status, inDoubt, plans }: Mandate, desk: Desk): readonly string[] {
  const { nexts } = desk.say(subscriptionTexts);
  if (inDoubt) return [nexts.in_doubt];
  if (status === "pending") return [nexts.asked];
  if (status === "suspended") return [nexts.suspended];
  if (status !== "active") return [nexts.over];
  const all = plans.flatMap((plan) => {
    if (plan.status === "paused") return [nexts.paused(rateOf(plan, desk))];
    const { nextCharge: next } = plan;
    if (next === null) return [];
    const amount = euros(moneyOf(next.amount), desk.lang);
    return [nexts.charge(rateOf(plan, desk), next.period, amount, moment(next.at, desk.lang))];
  });
  return all.length === 0 ? [nexts.idle] : all;
}

function PlanPart({ of: { plan, charged, later } }: { of: PlanInView }) {
  const desk = useDesk();
  const texts = desk.say(subscriptionTexts);
  const at = `${mandatePath(plan.mandate)}/plans/${plan.id}`;
  const possible = PLAN_ACTIONS.filter(({ needs, isPossible }) => desk.may(needs) && isPossible(plan));
  return (
    <section class="stack" aria-label={rateOf(plan, desk)}>
      <h3>
        {rateOf(plan, desk)} <PlanPill plan={plan} />
      </h3>
      <p class="hint">
        {plan.description !== null && `${plan.description}, `}
        {texts.from_to(dayOf(plan.firstDate, desk) ?? "", dayOf(plan.endDate, desk))}
      </p>
      {possible.length > 0 && (
        <p class="presses">
          {possible.map(({ kind }) => (
            <a key={kind} href={`${at}/${kind}`}>
              {texts.actions[kind].title}
            </a>
          ))}
        </p>
      )}
      <Calendar plan={plan} charged={charged} later={later} />
      {plan.charged > charged.length && <a href={`/dashboard/payments?plan=${plan.id}`}>{texts.seeAll}</a>}
    </section>
  );
}

/** What a plan charged, and what is to come, in their order. */
function Calendar({ plan, charged, later }: PlanInView) {
  const desk = useDesk();
  const texts = desk.say(subscriptionTexts);
  const { nextCharge: next } = plan;
  const made = charged.toReversed().map((payment) => ({
    id: payment.id,
    cells: {
      charge: <a href={`/dashboard/payments/${payment.id}`}>{payment.plan?.period ?? payment.reference}</a>,
      day: dayOf(payment.plan?.date ?? null, desk) ?? <When at={payment.createdAt} />,
      standing: <StandingPill payment={payment} />,
      amount: <Money amount={payment.amount} />,
    },
  }));
  const toCome = (period: number, date: string, standing: string, amount: number) => ({
    id: `${plan.id}-${period}`,
    cells: {
      charge: period,
      day: dayOf(date, desk),
      standing: <Pill tone="calm">{standing}</Pill>,
      amount: <Money amount={amount} />,
    },
  });
  const first =
    next === null
      ? []
      : [toCome(next.period, next.date, next.announcedAt === null ? texts.toCome : texts.announced, next.amount)];
  return (
    <Table
      caption={texts.calendar}
      columns={[
        { key: "charge", label: texts.charge },
        { key: "day", label: texts.day },
        { key: "standing", label: texts.status },
        { key: "amount", label: texts.amount, kind: "money" },
      ]}
      rows={[...made, ...first, ...later.map(({ period, date }) => toCome(period, date, texts.toCome, plan.amount))]}
      empty={<p>{texts.noCharges}</p>}
    />
  );
}

function Details({ mandate }: { mandate: Mandate }) {
  const desk = useDesk();
  const { detail, details, validUntil, customer: customerIs } = desk.say(subscriptionTexts);
  const { customer } = mandate;
  const when = (at: string | null) => (at === null ? null : <When at={at} />);
  return (
    <Card id="details" title={details}>
      <Facts>
        <Fact name={detail.id}>
          <Copy text={mandate.id} what={detail.id} />
        </Fact>
        <Fact name={detail.type}>{limitOf(mandate, desk)}</Fact>
        <Fact name={validUntil}>{dayOf(mandate.validUntil, desk)}</Fact>
        <Fact name={detail.name}>{customer.name}</Fact>
        <Fact name={customerIs}>
          {customer.id === null ? null : <a href={customerPath(customer.id)}>{customer.id}</a>}
        </Fact>
        <Fact name={detail.phone}>{mandate.phone === null ? null : withShortPhones(mandate.phone)}</Fact>
        <Fact name={detail.reference}>{mandate.reference}</Fact>
        <Fact name={detail.created}>{when(mandate.createdAt)}</Fact>
        <Fact name={detail.activated}>{when(mandate.activatedAt)}</Fact>
        <Fact name={detail.ended}>{when(mandate.endedAt)}</Fact>
        <Fact name={detail.failure}>
          {mandate.failure === null ? null : failureWords(mandate.failure.reason, desk.lang)}
        </Fact>
        <Fact name={detail.terminal}>{mandate.terminal}</Fact>
        <Fact name={detail.payments}>
          <a href={`/dashboard/payments?mandate=${mandate.id}`}>{detail.seePayments}</a>
        </Fact>
      </Facts>
    </Card>
  );
}
