import type { ComponentChildren } from "preact";
import type { Page } from "../api/answers.ts";
import type { Payment } from "../api/payments.ts";
import { FileLink } from "../parts/file.tsx";
import { DateFilter, Filters, fieldsOf, SelectFilter } from "../parts/filters.tsx";
import { Live } from "../parts/live.tsx";
import { METHODS, methodName } from "../parts/methods.ts";
import { Money, StandingPill, When } from "../parts/shown.tsx";
import { Pager, Table } from "../parts/table.tsx";
import { words } from "../parts/words.ts";
import { fundingOf } from "../payment/money.ts";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { CHOSEN_COLUMNS, type ColumnName, isMoney, USUAL_COLUMNS } from "./columns.ts";
import { paymentsTexts } from "./texts.ts";
import { KeepView, Views, type ViewsShown } from "./views.tsx";

/** Payments, as they were searched for or filtered. */
export interface PaymentsView {
  page: Page<Payment>;
  /** The filters, as the address has them. */
  filter: Readonly<Record<string, string>>;
  /** Which columns stand. */
  columns: readonly ColumnName[];
  /** What one presses to see some of them; null: it was searched. */
  views: ViewsShown | null;
  /** Where its changes are heard; null: it shows no newest ones. */
  live: string | null;
}

const PATH = "/dashboard/payments";

/** Renders the list of payments. */
export function renderPayments(shell: Shell, view: PaymentsView): string {
  const texts = paymentsTexts[shell.lang];
  const title = shell.q === "" ? texts.title : texts.found(shell.q);
  return renderScreen(shell, { title, body: <PaymentsPage title={title} view={view} /> });
}

function PaymentsPage({ title, view }: { title: string; view: PaymentsView }) {
  const { page, filter, columns, views, live } = view;
  const { say, q } = useDesk();
  const texts = say(paymentsTexts);
  return (
    <>
      <header class="title">
        <h1>{title}</h1>
        {live !== null && <Live from={live} />}
        <FileLink
          needs="exportPayments"
          path="/v1/exports/payments.csv"
          filter={{ ...filter, ...(q !== "" && { q }) }}
        />
      </header>
      {views !== null && <Views views={views} />}
      {q === "" && <PaymentFilters filter={filter} columns={columns} />}
      {views !== null && <KeepView views={views} />}
      <Payments
        payments={page.data}
        columns={columns}
        empty={
          <>
            <p>{q === "" ? texts.none : texts.nothing(q)}</p>
            {q !== "" && <p class="hint">{texts.hint}</p>}
          </>
        }
      />
      <Pager next={page.next} />
    </>
  );
}

interface PaymentsProps {
  payments: readonly Payment[];
  columns?: readonly ColumnName[];
  empty?: ComponentChildren;
}

/** Payments as a table. */
export function Payments({ payments, columns = USUAL_COLUMNS, empty }: PaymentsProps) {
  const texts = useDesk().say(paymentsTexts);
  return (
    <Table
      caption={texts.table}
      columns={columns.map((key) => ({ key, label: texts.columns[key], ...(isMoney(key) && { kind: "money" }) }))}
      rows={payments.map((payment) => ({ id: payment.id, cells: cellsOf(payment) }))}
      empty={empty}
    />
  );
}

function cellsOf(payment: Payment): Readonly<Record<ColumnName, ComponentChildren>> {
  return {
    reference: <a href={`${PATH}/${payment.id}`}>{payment.reference}</a>,
    standing: <StandingPill payment={payment} />,
    how: <How payment={payment} />,
    customer: payment.customer?.name ?? payment.customer?.email ?? payment.customer?.id ?? "",
    description: payment.description ?? "",
    terminal: payment.terminal ?? "",
    created: <When at={payment.createdAt} />,
    paid: payment.paidAt === null ? "" : <When at={payment.paidAt} />,
    amount: <Money amount={payment.amount} />,
    captured: <Money amount={payment.amountCaptured} />,
    refunded: <Money amount={payment.amountRefunded} />,
  };
}

/** The way by which it was paid, or else was last tried. */
function How({ payment }: { payment: Payment }) {
  const { lang } = useDesk();
  const by = fundingOf(payment) ?? payment.attempts.at(-1);
  return <>{by === undefined ? "" : methodName(by.method, lang)}</>;
}

const STATUSES = ["open", "pending", "authorized", "paid", "canceled", "expired"] as const;

/** What of the address has a field. */
const FIELDS = ["status", "method", "created_from", "created_to"];

function PaymentFilters({ filter, columns }: Pick<PaymentsView, "filter" | "columns">) {
  const { say, lang } = useDesk();
  const texts = say(paymentsTexts);
  const { statuses } = say(words);
  const of = fieldsOf(filter);
  const kept = Object.fromEntries(Object.entries(filter).filter(([name]) => !FIELDS.includes(name)));
  return (
    <Filters to={PATH} label={texts.filters} kept={kept}>
      <SelectFilter
        {...of("status")}
        label={texts.status}
        any={texts.any}
        options={STATUSES.map((value) => ({ value, label: statuses[value] }))}
      />
      <SelectFilter
        {...of("method")}
        label={texts.method}
        any={texts.anyMethod}
        options={METHODS.map((value) => ({ value, label: methodName(value, lang) }))}
      />
      <DateFilter {...of("created_from")} label={texts.created_from} />
      <DateFilter {...of("created_to")} label={texts.created_to} />
      <details class="columns-chosen">
        <summary>{texts.chooseColumns}</summary>
        <fieldset>
          <legend class="heard">{texts.chooseColumns}</legend>
          {CHOSEN_COLUMNS.map((name) => (
            <label key={name}>
              <input type="checkbox" name="columns" value={name} checked={columns.includes(name)} />
              <span>{texts.columns[name]}</span>
            </label>
          ))}
        </fieldset>
      </details>
    </Filters>
  );
}
