import type { Page } from "../api/answers.ts";
import type { Mandate, SavedCard } from "../api/mandates.ts";
import type { Payment } from "../api/payments.ts";
import { customerPath } from "../parts/customer-path.ts";
import { ActionForm, type FormView } from "../parts/forms.tsx";
import { Live } from "../parts/live.tsx";
import { codeOf } from "../parts/problems.ts";
import { Card, Day } from "../parts/shown.tsx";
import { Table } from "../parts/table.tsx";
import { Payments } from "../payments/page.tsx";
import { type Desk, useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { Mandates } from "../subscriptions/list.tsx";
import { mandatePath } from "../subscriptions/shown.tsx";
import { customerTexts } from "./texts.ts";

/** A customer, by the shop's own id. */
export interface CustomerView {
  id: string;
  payments: Page<Payment>;
  mandates: Page<Mandate>;
  cards: readonly SavedCard[];
  /** What was done a moment ago; null: nothing. */
  done: string | null;
  /** Where changes are heard. */
  live: string;
}

/** What takes something of a customer away for good. */
export interface CustomerActionView {
  /** Null: all that is known of them; else a saved card. */
  card: { readonly id: string; readonly found: SavedCard | null } | null;
  customer: string;
  form: FormView;
}

/** Renders the page of a customer. */
export function renderCustomer(shell: Shell, view: CustomerView): string {
  return renderScreen(shell, { title: customerTexts[shell.lang].title(view.id), body: <CustomerPage view={view} /> });
}

function CustomerPage({ view: { id, payments, mandates, cards, done, live } }: { view: CustomerView }) {
  const { say, may } = useDesk();
  const texts = say(customerTexts);
  const said = done === null ? undefined : texts.done[done];
  const all = (path: string, { hasMore }: { hasMore: boolean }) =>
    hasMore && <a href={`${path}?customer=${encodeURIComponent(id)}`}>{texts.all}</a>;
  return (
    <>
      <header class="title">
        <h1>{texts.title(id)}</h1>
        <Live from={live} />
      </header>
      {said !== undefined && (
        <p class="done" role="status">
          {said}
        </p>
      )}
      <div class="stack" data-region="customer">
        <Card id="payments" title={texts.payments}>
          {payments.data.length === 0 ? <p>{texts.noPayments}</p> : <Payments payments={payments.data} />}
          {all("/dashboard/payments", payments)}
        </Card>
        <Card id="mandates" title={texts.mandates}>
          {mandates.data.length === 0 ? <p>{texts.noMandates}</p> : <Mandates mandates={mandates.data} />}
          {all("/dashboard/subscriptions", mandates)}
        </Card>
        <Card id="cards" title={texts.cards}>
          {cards.length === 0 ? <p>{texts.noCards}</p> : <Cards customer={id} cards={cards} />}
        </Card>
      </div>
      {may("eraseCustomer") && (
        <p>
          <a href={`${customerPath(id)}/erase`}>{texts.erase}</a>
        </p>
      )}
    </>
  );
}

function Cards({ customer, cards }: { customer: string; cards: readonly SavedCard[] }) {
  const { say, may } = useDesk();
  const texts = say(customerTexts);
  return (
    <Table
      caption={texts.cards}
      columns={[
        { key: "card", label: texts.card },
        { key: "expiry", label: texts.expiry },
        { key: "saved", label: texts.saved },
        ...(may("deleteToken") ? [{ key: "what", label: texts.what }] : []),
      ]}
      rows={cards.map((card) => ({
        id: card.id,
        cells: {
          card: cardName(card, texts.card),
          expiry: card.expiry ?? "",
          saved: <Day at={card.createdAt} />,
          what: (
            <a
              href={`${customerPath(customer)}/cards/${card.id}/remove`}
              aria-label={`${texts.remove}: ${cardName(card, texts.card)}`}
            >
              {texts.remove}
            </a>
          ),
        },
      }))}
      empty={<p>{texts.noCards}</p>}
    />
  );
}

/** What a customer recognises a card by. */
function cardName({ brand, lastFour }: SavedCard, card: string): string {
  return lastFour === null ? (brand ?? card) : `${brand ?? card} …${lastFour}`;
}

/** Renders the page on which something of a customer is taken away for good. */
export function renderCustomerAction(shell: Shell, view: CustomerActionView): string {
  const texts = customerTexts[shell.lang];
  const title = view.card === null ? texts.erase : texts.removeTitle;
  return renderScreen(shell, { title, body: <CustomerActionPage title={title} view={view} /> });
}

function CustomerActionPage({ title, view }: { title: string; view: CustomerActionView }) {
  const desk = useDesk();
  const texts = desk.say(customerTexts);
  const { card, customer, form } = view;
  const back = customerPath(customer);
  const [here = ""] = desk.path.split("?");
  return (
    <section class="card narrow stack">
      <h1>{title}</h1>
      <p class="of-payment">
        <a href={back}>{texts.title(customer)}</a>
      </p>
      {card !== null && card.found === null ? (
        <p>{texts.gone}</p>
      ) : (
        <>
          {card?.found != null && <p>{cardName(card.found, texts.card)}</p>}
          {card === null ? <p class="warning">{texts.eraseWhy}</p> : <p>{texts.removeWhy}</p>}
          {card === null && <p>{texts.eraseFirst}</p>}
          <ActionForm to={here} form={form} submit={card === null ? texts.erasePress : texts.remove} grave back={back}>
            {form.problem !== null && codeOf(form.problem.type) === "customer_live" && (
              <StillLive live={form.problem.live ?? []} />
            )}
          </ActionForm>
        </>
      )}
    </section>
  );
}

/** What is not over, each with the way to it. */
function StillLive({ live }: { live: readonly { id: string; why: string }[] }) {
  const desk = useDesk();
  const texts = desk.say(customerTexts);
  return (
    <div>
      <p>{texts.live}</p>
      <ul>
        {live.map(({ id, why }) => (
          <li key={id + why}>
            <a href={placeOf(id)}>{kindOf(id, desk)}</a>: {texts.why[why] ?? why}
          </li>
        ))}
      </ul>
    </div>
  );
}

function kindOf(id: string, { say }: Desk): string {
  const { kinds } = say(customerTexts);
  return kinds[id.replace(/_.*$/, "")] ?? kinds.other ?? id;
}

/** Where something of this identifier is seen: what has no page is found by it. */
function placeOf(id: string): string {
  if (id.startsWith("man_")) return mandatePath(id);
  if (id.startsWith("plan_")) return `/dashboard/subscriptions?words=${id}`;
  return id.startsWith("pay_") ? `/dashboard/payments/${id}` : `/dashboard/payments?q=${id}`;
}
