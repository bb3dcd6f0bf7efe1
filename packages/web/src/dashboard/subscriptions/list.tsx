import type { Page } from "../api/answers.ts";
import type { Mandate } from "../api/mandates.ts";
import { DateFilter, Filters, fieldsOf, SelectFilter, TextFilter } from "../parts/filters.tsx";
import { Live } from "../parts/live.tsx";
import { Day, withShortPhones } from "../parts/shown.tsx";
import { Pager, Table } from "../parts/table.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { limitOf, MandatePill, mandateName, mandatePath } from "./shown.tsx";
import { subscriptionTexts } from "./texts.ts";

/** Authorised payments, as they were filtered. */
export interface SubscriptionsView {
  page: Page<Mandate>;
  /** The filters, as the address has them. */
  filter: Readonly<Record<string, string>>;
  /** Where its changes are heard; null: they are not, further down the list. */
  live: string | null;
}

const STATUSES = ["pending", "active", "suspended", "canceled", "expired", "refused"] as const;

/** Renders the list of authorised payments. */
export function renderSubscriptions(shell: Shell, view: SubscriptionsView): string {
  const { title } = subscriptionTexts[shell.lang];
  return renderScreen(shell, { title, body: <SubscriptionsPage view={view} /> });
}

function SubscriptionsPage({ view: { page, filter, live } }: { view: SubscriptionsView }) {
  const { say } = useDesk();
  const texts = say(subscriptionTexts);
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
        {live !== null && <Live from={live} />}
      </header>
      <MandateFilters filter={filter} />
      <Mandates mandates={page.data} />
      <Pager next={page.next} />
    </>
  );
}

/** Authorised payments as a table. */
export function Mandates({ mandates }: { mandates: readonly Mandate[] }) {
  const desk = useDesk();
  const texts = desk.say(subscriptionTexts);
  return (
    <Table
      caption={texts.table}
      columns={[
        { key: "what", label: texts.what },
        { key: "standing", label: texts.status },
        { key: "who", label: texts.who },
        { key: "asked", label: texts.detail.created },
        { key: "until", label: texts.validUntil },
        { key: "limit", label: texts.limit, kind: "money" },
      ]}
      rows={mandates.map((mandate) => ({
        id: mandate.id,
        cells: {
          what: <a href={mandatePath(mandate.id)}>{mandateName(mandate, desk)}</a>,
          standing: <MandatePill mandate={mandate} />,
          who: mandate.customer.name ?? mandate.customer.id ?? withShortPhones(mandate.phone ?? ""),
          asked: <Day at={mandate.createdAt} />,
          until: mandate.validUntil === null ? "" : <Day at={mandate.validUntil} />,
          limit: limitOf(mandate, desk) ?? "",
        },
      }))}
      empty={<p>{texts.none}</p>}
    />
  );
}

function MandateFilters({ filter }: { filter: SubscriptionsView["filter"] }) {
  const texts = useDesk().say(subscriptionTexts);
  const of = fieldsOf(filter);
  return (
    <Filters to="/dashboard/subscriptions" label={texts.filters}>
      <TextFilter {...of("words")} label={texts.words} />
      <SelectFilter
        {...of("status")}
        label={texts.status}
        any={texts.any}
        options={STATUSES.map((value) => ({ value, label: texts.statuses[value] }))}
      />
      <TextFilter {...of("customer")} label={texts.customer} />
      <DateFilter {...of("created_from")} label={texts.from} />
      <DateFilter {...of("created_to")} label={texts.to} />
    </Filters>
  );
}
