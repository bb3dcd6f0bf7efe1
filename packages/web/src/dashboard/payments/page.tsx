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
import { paymentsTexts } from "./texts.ts";

/** Payments, as they were searched for or filtered. */
export interface PaymentsView {
  page: Page<Payment>;
  /** The filters, as the address has them. */
  filter: Readonly<Record<string, string>>;
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

function PaymentsPage({ title, view: { page, filter, live } }: { title: string; view: PaymentsView }) {
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
      {q === "" && <PaymentFilters filter={filter} />}
      <Payments
        payments={page.data}
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

/** Payments as a table. */
export function Payments({ payments, empty }: { payments: readonly Payment[]; empty?: ComponentChildren }) {
  const texts = useDesk().say(paymentsTexts);
  return (
    <Table
      caption={texts.table}
      columns={[
        { key: "reference", label: texts.reference },
        { key: "standing", label: texts.standing },
        { key: "how", label: texts.how },
        { key: "customer", label: texts.customer },
        { key: "created", label: texts.created },
        { key: "amount", label: texts.amount, kind: "money" },
      ]}
      rows={payments.map((payment) => ({ id: payment.id, cells: cellsOf(payment) }))}
      empty={empty}
    />
  );
}

function cellsOf(payment: Payment) {
  return {
    reference: <a href={`${PATH}/${payment.id}`}>{payment.reference}</a>,
    standing: <StandingPill payment={payment} />,
    how: <How payment={payment} />,
    customer: payment.customer?.name ?? payment.customer?.email ?? payment.customer?.id ?? "",
    created: <When at={payment.createdAt} />,
    amount: <Money amount={payment.amount} />,
  };
}

/** The way by which it was paid, or else was last tried. */
function How({ payment }: { payment: Payment }) {
  const { lang } = useDesk();
  const by = fundingOf(payment) ?? payment.attempts.at(-1);
  return <>{by === undefined ? "" : methodName(by.method, lang)}</>;
}

const STATUSES = ["open", "pending", "authorized", "paid", "canceled", "expired"] as const;

function PaymentFilters({ filter }: { filter: Readonly<Record<string, string>> }) {
  const { say, lang } = useDesk();
  const texts = say(paymentsTexts);
  const { statuses } = say(words);
  const of = fieldsOf(filter);
  return (
    <Filters to={PATH} label={texts.filters}>
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
    </Filters>
  );
}
