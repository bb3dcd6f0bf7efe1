import type { Page } from "../api/answers.ts";
import type { Operation } from "../api/payments.ts";
import { FileLink } from "../parts/file.tsx";
import { DateFilter, Filters, fieldsOf, SelectFilter } from "../parts/filters.tsx";
import { Live } from "../parts/live.tsx";
import { Money, Pill, When } from "../parts/shown.tsx";
import { Pager, Table } from "../parts/table.tsx";
import { OPERATION_TONES, words } from "../parts/words.ts";
import { paymentTexts } from "../payment/texts.ts";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { refundsTexts } from "./texts.ts";

/** Refunds, as they were filtered. */
export interface RefundsView {
  page: Page<Operation>;
  /** The filters, as the address has them. */
  filter: Readonly<Record<string, string>>;
  /** Where its changes are heard; null: they are not, further down the list. */
  live: string | null;
}

const PATH = "/dashboard/refunds";
const STATUSES = ["pending", "succeeded", "failed", "in_doubt"] as const;
const REASONS = ["requested", "late", "duplicate", "returned"] as const;

/** Renders the list of refunds. */
export function renderRefunds(shell: Shell, view: RefundsView): string {
  const { title } = refundsTexts[shell.lang];
  return renderScreen(shell, { title, body: <RefundsPage view={view} /> });
}

function RefundsPage({ view: { page, filter, live } }: { view: RefundsView }) {
  const texts = useDesk().say(refundsTexts);
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
        {live !== null && <Live from={live} />}
        <FileLink needs="exportRefunds" path="/v1/exports/refunds.csv" filter={filter} />
      </header>
      <RefundFilters filter={filter} />
      <Table
        caption={texts.table}
        columns={[
          { key: "asked", label: texts.asked },
          { key: "standing", label: texts.status },
          { key: "reason", label: texts.reason },
          { key: "reference", label: texts.reference },
          { key: "amount", label: texts.amount, kind: "money" },
        ]}
        rows={page.data.map((refund) => ({ id: refund.id, cells: cellsOf(refund) }))}
        empty={<p>{texts.none}</p>}
      />
      <Pager next={page.next} />
    </>
  );

  function cellsOf({ payment, reference, amount, status, reason, createdAt }: Operation) {
    const { say } = useDesk();
    return {
      asked: <When at={createdAt} />,
      standing: <Pill tone={OPERATION_TONES[status]}>{say(words).operations[status]}</Pill>,
      reason: say(paymentTexts).operationReasons[reason],
      reference: <a href={`/dashboard/payments/${payment}`}>{reference}</a>,
      amount: <Money amount={amount} />,
    };
  }
}

function RefundFilters({ filter }: { filter: Readonly<Record<string, string>> }) {
  const { say } = useDesk();
  const texts = say(refundsTexts);
  const { operations } = say(words);
  const { operationReasons } = say(paymentTexts);
  const of = fieldsOf(filter);
  return (
    <Filters to={PATH} label={texts.filters}>
      <SelectFilter
        {...of("status")}
        label={texts.status}
        any={texts.any}
        options={STATUSES.map((value) => ({ value, label: operations[value] }))}
      />
      <SelectFilter
        {...of("reason")}
        label={texts.reason}
        any={texts.anyReason}
        options={REASONS.map((value) => ({ value, label: operationReasons[value] }))}
      />
      <DateFilter {...of("paid_from")} label={texts.from} />
      <DateFilter {...of("paid_to")} label={texts.to} />
    </Filters>
  );
}
