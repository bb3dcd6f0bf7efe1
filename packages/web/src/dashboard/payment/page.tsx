import { euros } from "../../parts/euros.ts";
import { moment } from "../../parts/moment.ts";
import { clock } from "../../parts/short-day.ts";
import type { Approval } from "../api/payments.ts";
import { customerPath } from "../parts/customer-path.ts";
import { Live } from "../parts/live.tsx";
import { methodName } from "../parts/methods.ts";
import { AndMore } from "../parts/more.tsx";
import { Card, Copy, Fact, Facts, isWhole, Money, moneyOf, StandingPill, When } from "../parts/shown.tsx";
import { TaskList } from "../parts/tasks.tsx";
import { isInDoubt, words } from "../parts/words.ts";
import { refundTexts } from "../refund/texts.ts";
import { type Desk, useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { mandatePath } from "../subscriptions/shown.tsx";
import { ACTIONS, hasReceipt, isAwaited } from "./actions.ts";
import { Events } from "./events.tsx";
import { MoneyBar } from "./money-bar.tsx";
import { type Next, nextOf } from "./next.ts";
import { Notes } from "./notes.tsx";
import { paymentTexts } from "./texts.ts";
import { Timeline } from "./timeline.tsx";
import { Attempts, Operations } from "./tries.tsx";
import type { PaymentView } from "./view.ts";

/** Renders the page of a payment. */
export function renderPayment(shell: Shell, view: PaymentView): string {
  const title = paymentTexts[shell.lang].title(view.payment.reference);
  return renderScreen(shell, { title, body: <PaymentPage view={view} /> });
}

/** What was not simply done. */
const GRAVE = ["in_doubt", "refund_failed", "approval", "attempt_in_doubt", "attempt_failed"];

function PaymentPage({ view }: { view: PaymentView }) {
  const { payment, journal, tasks, done } = view;
  const texts = useDesk().say(paymentTexts);
  const said = done === null ? undefined : texts.done[done];
  return (
    <>
      <header class="title">
        <div>
          <p class="of">{texts.of(payment.reference)}</p>
          <h1>
            <Money amount={payment.amount} /> <StandingPill payment={payment} />
          </h1>
        </div>
        <Live from={view.live} />
      </header>
      {said !== undefined && (
        <p class={GRAVE.includes(done ?? "") ? "warning" : "done"} role="status">
          {said}
        </p>
      )}
      <div class="columns" data-region="payment">
        <Actions view={view} />
        <div class="stack">
          <NextSteps view={view} />
          {tasks.data.length > 0 && <Tasks view={view} />}
          <Card id="money" title={texts.money}>
            <MoneyBar payment={payment} />
            <Operations payment={payment} />
          </Card>
          <Card id="timeline" title={texts.timeline}>
            <Timeline payment={payment} journal={journal} />
          </Card>
          <Card id="attempts" title={texts.attempts}>
            <Attempts payment={payment} />
          </Card>
        </div>
        <div class="stack">
          <Details view={view} />
          <Customer view={view} />
          <Notes view={view} />
          <Events view={view} />
        </div>
      </div>
    </>
  );
}

function NextSteps({ view: { payment, journal, waiting } }: { view: PaymentView }) {
  const desk = useDesk();
  const texts = desk.say(paymentTexts);
  return (
    <Card id="next" title={texts.next}>
      {nextOf(payment, journal).map((next) => (
        <p key={next.kind + next.operation} class={`next ${next.kind}`}>
          {texts.nexts[next.kind](momentOf(next, desk), next.operation ?? "refund")}
        </p>
      ))}
      {waiting.data.map((approval) => (
        <Waiting key={approval.id} approval={approval} />
      ))}
      <AndMore of={waiting} />
    </Card>
  );
}

/** A refund that a second person must approve. */
function Waiting({ approval: { id, payment, amount, requestedBy } }: { approval: Approval }) {
  const { say, lang } = useDesk();
  const { approval: texts } = say(refundTexts);
  return (
    <p class="next person">
      {texts.waiting(euros(moneyOf(amount), lang), requestedBy.name)}{" "}
      <a href={`/dashboard/payments/${payment}/approvals/${id}`}>{texts.open}</a>
    </p>
  );
}

/** As near as it matters: a request on a phone ends within minutes. */
function momentOf({ kind, at }: Next, { lang, say }: Desk): string {
  if (at === null) return say(words).none;
  return kind === "phone" ? clock(at, lang) : moment(at, lang);
}

/** What needs a person about this payment, with the calls that end it. */
function Tasks({ view: { tasks } }: { view: PaymentView }) {
  const texts = useDesk().say(paymentTexts);
  return (
    <Card id="tasks" title={texts.tasks}>
      <TaskList tasks={tasks.data} />
      <AndMore of={tasks} to="/dashboard/tasks" />
    </Card>
  );
}

function Actions({ view: { payment } }: { view: PaymentView }) {
  const { say, may } = useDesk();
  const texts = say(paymentTexts);
  const possible = ACTIONS.filter(({ needs, isPossible }) => may(needs) && isPossible(payment));
  const at = `/dashboard/payments/${payment.id}`;
  if (possible.length === 0 && !hasReceipt(payment) && !isWhole(payment.payUrl)) return null;
  return (
    <nav class="actions" aria-label={texts.actionsLabel}>
      {possible.map(({ kind, path }, index) => (
        <a key={kind} class={index === 0 && !isInDoubt(payment) ? "button" : "button quiet"} href={`${at}/${path}`}>
          {texts.actions[kind]}
        </a>
      ))}
      {isAwaited(payment.status) && isWhole(payment.payUrl) && (
        <a class="button quiet" href={`${at}/link`}>
          {texts.link}
        </a>
      )}
      {hasReceipt(payment) && (
        <a class="button quiet" href={`${at}/receipt`}>
          {texts.receipt}
        </a>
      )}
      {isWhole(payment.payUrl) && (
        <a class="button quiet" href={payment.payUrl} rel="noreferrer">
          {texts.customerPage}
        </a>
      )}
    </nav>
  );
}

function Details({ view: { payment } }: { view: PaymentView }) {
  const { say, lang } = useDesk();
  const { detail, details } = say(paymentTexts);
  return (
    <Card id="details" title={details}>
      <Facts>
        <Fact name={detail.id}>
          <Copy text={payment.id} what={detail.id} />
        </Fact>
        <Fact name={detail.reference}>{payment.reference}</Fact>
        <Fact name={detail.description}>{payment.description}</Fact>
        <Fact name={detail.created}>
          <When at={payment.createdAt} />
        </Fact>
        {payment.paidAt !== null && (
          <Fact name={detail.paid}>
            <When at={payment.paidAt} />
          </Fact>
        )}
        <Fact name={detail.expires}>
          <When at={payment.expiresAt} />
        </Fact>
        <Fact name={detail.methods}>{payment.methods.map((method) => methodName(method, lang)).join(", ")}</Fact>
        <Fact name={detail.late}>{detail.lateIs[payment.latePayments]}</Fact>
        <Fact name={detail.terminal}>{payment.terminal}</Fact>
        <Fact name={detail.mandate}>
          {payment.mandate === null ? null : <a href={mandatePath(payment.mandate)}>{payment.mandate}</a>}
        </Fact>
        <Fact name={detail.plan}>{payment.plan === null ? null : `${payment.plan.id} · ${payment.plan.period}`}</Fact>
        {Object.entries(payment.metadata).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}

function Customer({ view: { payment } }: { view: PaymentView }) {
  const { customer: title, customerIs } = useDesk().say(paymentTexts);
  const { customer } = payment;
  if (customer === null || Object.values(customer).every((value) => value === null || value === false)) return null;
  return (
    <Card id="customer" title={title}>
      <Facts>
        <Fact name={customerIs.name}>{customer.name}</Fact>
        <Fact name={customerIs.email}>{customer.email}</Fact>
        <Fact name={customerIs.phone}>{customer.phone}</Fact>
        <Fact name={customerIs.id}>
          {customer.id === null ? null : <a href={customerPath(customer.id)}>{customer.id}</a>}
        </Fact>
      </Facts>
    </Card>
  );
}
