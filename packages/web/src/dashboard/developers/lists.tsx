import type { Page } from "../api/answers.ts";
import type { Examination, LoggedRequest, ShopEvent } from "../api/developers.ts";
import { DateFilter, Filters, fieldsOf, SelectFilter, TextFilter } from "../parts/filters.tsx";
import { ActionForm, type FormView } from "../parts/forms.tsx";
import { Pill, When } from "../parts/shown.tsx";
import { Pager, Table } from "../parts/table.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { developersTexts } from "./texts.ts";

type Filter = Readonly<Record<string, string>>;

/** Events, as they were filtered. */
export interface EventsView {
  page: Page<ShopEvent>;
  filter: Filter;
  /** So many were just sent again; null: none were. */
  resent: string | null;
}

/** What was asked of the API, as it was filtered. */
export interface RequestsView {
  page: Page<LoggedRequest>;
  filter: Filter;
}

const PATH = "/dashboard/developers";

/** Renders the list of events. */
export function renderEvents(shell: Shell, view: EventsView): string {
  return renderScreen(shell, { title: developersTexts[shell.lang].events.title, body: <EventsPage view={view} /> });
}

function EventsPage({ view: { page, filter, resent } }: { view: EventsView }) {
  const { say, may } = useDesk();
  const texts = say(developersTexts).events;
  const of = fieldsOf(filter);
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
        {may("resendEvents") && Object.keys(filter).length > 0 && page.data.length > 0 && (
          <a href={`${PATH}/events/resend?${new URLSearchParams(filter)}`}>{texts.resend}</a>
        )}
      </header>
      {resent !== null && (
        <p class="done" role="status">
          {texts.resent(resent)}
        </p>
      )}
      <Filters to={`${PATH}/events`} label={texts.filters}>
        <TextFilter {...of("type")} label={texts.type} />
        <TextFilter {...of("endpoint")} label={texts.endpoint} />
        <TextFilter {...of("payment")} label={texts.payment} />
        <SelectFilter
          {...of("undelivered")}
          label={texts.undelivered}
          any={texts.anyDelivery}
          options={[{ value: "true", label: texts.onlyUndelivered }]}
        />
        <DateFilter {...of("created_from")} label={texts.from} />
        <DateFilter {...of("created_to")} label={texts.to} />
      </Filters>
      <Table
        caption={texts.title}
        columns={[
          { key: "at", label: texts.at },
          { key: "type", label: texts.type },
          { key: "subject", label: texts.subject },
        ]}
        rows={page.data.map((event) => ({ id: event.id, cells: cellsOf(event) }))}
        empty={<p>{texts.none}</p>}
      />
      <Pager next={page.next} />
    </>
  );

  function cellsOf({ id, type, timestamp, data }: ShopEvent) {
    const payment = data?.payment;
    return {
      at: <When at={timestamp} />,
      type: <code>{type}</code>,
      subject:
        payment === undefined ? (
          <code>{id}</code>
        ) : (
          <a href={`/dashboard/payments/${payment.id}?event=${id}#events`}>
            <code>{id}</code>
          </a>
        ),
    };
  }
}

/** Renders the page on which all events of a filter are sent again. */
export function renderResend(shell: Shell, view: { filter: Filter; form: FormView }): string {
  const { resendTitle } = developersTexts[shell.lang].events;
  return renderScreen(shell, { title: resendTitle, body: <ResendPage {...view} /> });
}

function ResendPage({ filter, form }: { filter: Filter; form: FormView }) {
  const texts = useDesk().say(developersTexts).events;
  const query = Object.keys(filter).length === 0 ? "" : `?${new URLSearchParams(filter)}`;
  return (
    <section class="card narrow stack">
      <h1>{texts.resendTitle}</h1>
      <p>{texts.resendWhy}</p>
      <dl class="facts">
        {Object.entries(filter).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ActionForm
        to={`${PATH}/events/resend${query}`}
        form={form}
        submit={texts.resendPress}
        back={`${PATH}/events${query}`}
      />
    </section>
  );
}

/** Renders what was asked of the API. */
export function renderRequests(shell: Shell, view: RequestsView): string {
  return renderScreen(shell, { title: developersTexts[shell.lang].requests.title, body: <RequestsPage view={view} /> });
}

function RequestsPage({ view: { page, filter } }: { view: RequestsView }) {
  const texts = useDesk().say(developersTexts).requests;
  const of = fieldsOf(filter);
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
      </header>
      <p class="hint">{texts.lead}</p>
      <Filters to={`${PATH}/requests`} label={texts.filters}>
        <TextFilter {...of("request")} label={texts.request} />
        <TextFilter {...of("by")} label={texts.by} />
        <SelectFilter
          {...of("refused")}
          label={texts.refused}
          any={texts.anyAnswer}
          options={[{ value: "true", label: texts.onlyRefused }]}
        />
        <DateFilter {...of("at_from")} label={texts.from} />
        <DateFilter {...of("at_to")} label={texts.to} />
      </Filters>
      <Table
        caption={texts.title}
        columns={[
          { key: "at", label: texts.at },
          { key: "what", label: texts.what },
          { key: "answer", label: texts.answer },
          { key: "took", label: texts.took, kind: "money" },
          { key: "by", label: texts.by },
          { key: "id", label: texts.id },
        ]}
        rows={page.data.map((request) => ({ id: request.id, cells: cellsOf(request) }))}
        empty={<p>{texts.none}</p>}
      />
      <Pager next={page.next} />
    </>
  );

  function cellsOf({ id, at, method, path, status, ms, by, problem }: LoggedRequest) {
    return {
      at: <When at={at} />,
      what: (
        <code>
          {method} {path}
        </code>
      ),
      answer: (
        <>
          <Pill tone={toneOf(status)}>{status}</Pill>{" "}
          {problem !== null && <a href={`/problems/${problem}`}>{problem}</a>}
        </>
      ),
      took: `${ms} ms`,
      by: <Asker by={by} />,
      id: <code>{id}</code>,
    };
  }
}

/** Who asked, by name; pressed, all that they asked. */
function Asker({ by }: Pick<LoggedRequest, "by">) {
  const texts = useDesk().say(developersTexts).requests;
  if (by === null) return <>{texts.nobody}</>;
  if (by.id === null) return <>{texts.settings}</>;
  return <a href={`${PATH}/requests?by=${by.id}`}>{by.name ?? by.id}</a>;
}

function toneOf(status: number) {
  if (status < 400) return "good";
  return status < 500 ? "warn" : "bad";
}

/** Renders what the server says of its own settings. */
export function renderExamination(shell: Shell, examination: Examination): string {
  const { title } = developersTexts[shell.lang].doctor;
  return renderScreen(shell, { title, body: <ExaminationPage examination={examination} /> });
}

function ExaminationPage({ examination: { at, isWell, findings } }: { examination: Examination }) {
  const texts = useDesk().say(developersTexts).doctor;
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
      </header>
      <p class="hint">
        {texts.lead} {at !== null && <When at={at} />}
      </p>
      {isWell === null ? (
        <p class="empty">{texts.unknown}</p>
      ) : (
        <p class={isWell ? "done" : "warning"}>{texts[isWell ? "well" : "unwell"]}</p>
      )}
      {findings.length > 0 && (
        <ul class="card stack">
          {findings.map(({ isWell, says, todo }) => (
            <li key={says}>
              <Pill tone={isWell ? "good" : "bad"}>{texts[isWell ? "good" : "bad"]}</Pill> <span lang="en">{says}</span>
              {todo !== null && (
                <p class="hint" lang="en">
                  {todo}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
