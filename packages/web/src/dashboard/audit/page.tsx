import type { Page, Whole } from "../api/answers.ts";
import type { AuditEntry, Operator } from "../api/people.ts";
import { DateFilter, Filters, fieldsOf, SelectFilter, TextFilter } from "../parts/filters.tsx";
import { Pill, When } from "../parts/shown.tsx";
import { Pager, Table } from "../parts/table.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { type Ended, endedAs, TOLD_AS } from "./ended.ts";
import { auditTexts } from "./texts.ts";

/** What was done by whom. */
export interface AuditView {
  page: Page<AuditEntry>;
  /** The filters, as the address has them. */
  filter: Readonly<Record<string, string>>;
  /** Whom to choose from; null: whoever looks may not know, and writes an id, as of more than one chooses from. */
  colleagues: Whole<Pick<Operator, "id" | "name">> | null;
}

const PATH = "/dashboard/audit";

/** Renders what was done by whom. */
export function renderAudit(shell: Shell, view: AuditView): string {
  return renderScreen(shell, { title: auditTexts[shell.lang].title, body: <AuditPage view={view} /> });
}

function AuditPage({ view: { page, filter, colleagues } }: { view: AuditView }) {
  const texts = useDesk().say(auditTexts);
  const of = fieldsOf(filter);
  const nameOf = (id: string) => colleagues?.data.find((colleague) => colleague.id === id)?.name;
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
      </header>
      <Filters to={PATH} label={texts.filters}>
        <DateFilter {...of("from")} label={texts.from} />
        <DateFilter {...of("to")} label={texts.to} />
        {colleagues === null || colleagues.isCut ? (
          <TextFilter {...of("operator")} label={texts.operator} />
        ) : (
          <SelectFilter
            {...of("operator")}
            label={texts.operator}
            any={texts.anybody}
            options={colleagues.data.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <TextFilter {...of("subject")} label={texts.subject} />
      </Filters>
      <Table
        caption={texts.title}
        columns={[
          { key: "at", label: texts.at },
          { key: "what", label: texts.what },
          { key: "network", label: texts.network },
          { key: "outcome", label: texts.outcome },
        ]}
        rows={endings(page.data).map((entry) => ({ id: String(entry.number), cells: cellsOf(entry) }))}
        empty={<p>{texts.none}</p>}
      />
      <Pager next={page.next} />
    </>
  );

  function cellsOf(entry: AuditEntry) {
    return {
      at: <When at={entry.at} />,
      what: <Sentence entry={entry} nameOf={nameOf} />,
      network: <span class="network">{entry.from ?? texts.nowhere}</span>,
      outcome: <Outcome entry={entry} />,
    };
  }
}

/** Each action once: where its end is on the page, that it was asked for says nothing more. */
function endings(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  const ended = new Set(entries.map(({ of }) => of));
  return entries.filter(({ number }) => !ended.has(number));
}

/** Who did what to what; and below it, what was sent and what it changed. */
function Sentence({ entry, nameOf }: { entry: AuditEntry; nameOf: (id: string) => string | undefined }) {
  const texts = useDesk().say(auditTexts);
  const { by, operation, subject, number, request, fields, before, after, reason } = entry;
  return (
    <div class="entry">
      <p>
        <strong>{by.name ?? texts.who(by.type, by.id)}</strong> {texts.did(operation, TOLD_AS[endedAs(entry)])}
        {subject !== null && (
          <>
            {": "}
            <Subject id={subject} name={nameOf(subject)} />
          </>
        )}
      </p>
      <details>
        <summary>{texts.more(number)}</summary>
        <dl class="facts">
          <Detail name={texts.operation} text={operation} />
          <Detail name={texts.fields} text={fields.join(", ")} />
          <Detail name={texts.before} text={toldOf(before)} />
          <Detail name={texts.after} text={toldOf(after)} />
          <Detail name={texts.reason} text={reason ?? ""} />
          <Detail name={texts.request} text={request ?? ""} />
          <Detail name={texts.hash} text={entry.hash} />
        </dl>
      </details>
    </div>
  );
}

function Detail({ name, text }: { name: string; text: string }) {
  if (text === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{text}</code>
      </dd>
    </div>
  );
}

function toldOf(told: object | null): string {
  return Object.entries(told ?? {})
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("; ");
}

/** Where the dashboard shows what an entry is about, by how its id begins. */
const PLACES: readonly (readonly [prefix: string, place: (id: string) => string])[] = [
  ["pay_", (id) => `/dashboard/payments/${id}`],
  ["man_", (id) => `/dashboard/subscriptions/${id}`],
  ["op_", () => "/dashboard/team"],
];

function Subject({ id, name }: { id: string; name: string | undefined }) {
  const place = PLACES.find(([prefix]) => id.startsWith(prefix))?.[1];
  const shown = name ?? <code>{id}</code>;
  return place === undefined ? shown : <a href={place(id)}>{shown}</a>;
}

function Outcome({ entry }: { entry: AuditEntry }) {
  const texts = useDesk().say(auditTexts);
  const ended = endedAs(entry);
  const isError = entry.status !== null && entry.status >= 400;
  return (
    <Pill tone={TONES[ended]}>
      {texts.outcomes[ended]}
      {isError && ` (${entry.status})`}
    </Pill>
  );
}

const TONES = {
  asked: "calm",
  done: "good",
  open: "warn",
  waits: "calm",
  refused: "warn",
  not_done: "bad",
  failed: "bad",
} as const satisfies Record<Ended, string>;
