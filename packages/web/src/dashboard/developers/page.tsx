import type { Whole } from "../api/answers.ts";
import type { ApiKey, EventEndpoint } from "../api/developers.ts";
import { PressForm } from "../parts/forms.tsx";
import { limitCells, useLimitColumns } from "../parts/limits.tsx";
import { AndMore } from "../parts/more.tsx";
import { Card, Pill, When } from "../parts/shown.tsx";
import { Table } from "../parts/table.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { developersTexts } from "./texts.ts";

/** How an endpoint took what it was tried by. */
export interface Pinged {
  endpoint: string;
  delivered: boolean;
  status: number | null;
  failure: string | null;
  ms: number;
}

/** Where events go, and by which keys the API is used. */
export interface DevelopersView {
  endpoints: Whole<EventEndpoint>;
  keys: Whole<ApiKey>;
  /** Of the presses that try an endpoint. */
  key: string;
  /** What was just done; null: nothing. */
  done: "removed" | "revoked" | Pinged | null;
}

const PATH = "/dashboard/developers";

/** Renders where events go, by which keys the API is used, and the ways to what it was asked. */
export function renderDevelopers(shell: Shell, view: DevelopersView): string {
  return renderScreen(shell, { title: developersTexts[shell.lang].title, body: <DevelopersPage view={view} /> });
}

function DevelopersPage({ view }: { view: DevelopersView }) {
  const { say, may } = useDesk();
  const texts = say(developersTexts);
  const places = [
    { to: `${PATH}/events`, needs: "listEvents", text: texts.events.title },
    { to: `${PATH}/requests`, needs: "listRequests", text: texts.requests.title },
    { to: `${PATH}/doctor`, needs: "getExamination", text: texts.doctor.title },
  ];
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
      </header>
      <Done done={view.done} />
      <nav class="presses" aria-label={texts.title}>
        {places
          .filter(({ needs }) => may(needs))
          .map(({ to, text }) => (
            <a key={to} href={to}>
              {text}
            </a>
          ))}
        <a href="/docs">{texts.docs}</a>
      </nav>
      <Endpoints endpoints={view.endpoints} pressKey={view.key} />
      <Keys keys={view.keys} />
    </>
  );
}

function Done({ done }: { done: DevelopersView["done"] }) {
  const texts = useDesk().say(developersTexts);
  if (done === null) return null;
  if (typeof done === "string") {
    return (
      <p class="done" role="status">
        {texts.done[done]}
      </p>
    );
  }
  return (
    <p class={done.delivered ? "done" : "warning"} role="status">
      {done.delivered ? texts.taken(done.ms) : texts.notTaken(done.status)}
    </p>
  );
}

function Endpoints({ endpoints, pressKey }: { endpoints: Whole<EventEndpoint>; pressKey: string }) {
  const { say, may } = useDesk();
  const texts = say(developersTexts);
  return (
    <Card id="endpoints" title={texts.endpoints}>
      <Table
        caption={texts.endpoints}
        columns={[
          { key: "url", label: texts.url },
          { key: "types", label: texts.types },
          { key: "rate", label: texts.rate },
          { key: "waiting", label: texts.waiting, kind: "money" },
          { key: "last", label: texts.lastError },
          { key: "actions", label: texts.actions },
        ]}
        rows={endpoints.data.map((endpoint) => ({ id: endpoint.id, cells: cellsOf(endpoint) }))}
        empty={<p>{texts.noEndpoints}</p>}
      />
      <AndMore of={endpoints} />
      {may("createEventEndpoint") && (
        <p class="presses">
          <a class="button quiet small" href={`${PATH}/endpoints/new`}>
            {texts.add.title}
          </a>
        </p>
      )}
    </Card>
  );

  function cellsOf({ id, url, types, endedAt, deliveries }: EventEndpoint) {
    const { lastError } = deliveries;
    return {
      url: <a href={`${PATH}/events?endpoint=${id}`}>{url}</a>,
      types: types.includes("*") ? texts.allTypes : types.join(", "),
      rate: endedAt === null ? <Rate {...deliveries} /> : <Pill tone="off">{texts.ended}</Pill>,
      waiting: String(deliveries.waiting),
      last:
        lastError === null ? (
          texts.nothing
        ) : (
          <>
            <When at={lastError.at} /> · {lastError.status === null ? texts.noAnswer : `HTTP ${lastError.status}`}
          </>
        ),
      actions: (
        <span class="presses">
          {may("pingEventEndpoint") && (
            <PressForm to={`${PATH}/endpoints/${id}/ping`} formKey={`${pressKey}-${id}`}>
              {texts.ping}
            </PressForm>
          )}
          {may("deleteEventEndpoint") && <a href={`${PATH}/endpoints/${id}/remove`}>{texts.remove.short}</a>}
        </span>
      ),
    };
  }
}

/** How many of the last day's tries were taken. */
function Rate({ delivered, failed }: { delivered: number; failed: number }) {
  const { say, lang } = useDesk();
  const texts = say(developersTexts);
  const all = delivered + failed;
  if (all === 0) return texts.noTries;
  // rounded down: all is only what is all
  const share = Math.floor((delivered / all) * 100) / 100;
  const percent = new Intl.NumberFormat(lang, { style: "percent" }).format(share);
  return <Pill tone={failed === 0 ? "good" : "warn"}>{texts.ofTries(percent, all)}</Pill>;
}

function Keys({ keys }: { keys: Whole<ApiKey> }) {
  const { say, may } = useDesk();
  const texts = say(developersTexts);
  return (
    <Card id="api-keys" title={texts.keys}>
      <Table
        caption={texts.keys}
        columns={[
          { key: "name", label: texts.name },
          { key: "scopes", label: texts.scopes },
          ...useLimitColumns(),
          { key: "used", label: texts.used },
          { key: "ends", label: texts.ends },
          { key: "actions", label: texts.actions },
        ]}
        rows={keys.data.map((key) => ({ id: key.id, cells: cellsOf(key) }))}
        empty={<p>{texts.noKeys}</p>}
      />
      <AndMore of={keys} />
      {may("createKey") && (
        <p class="presses">
          <a class="button quiet small" href={`${PATH}/keys/new`}>
            {texts.make.title}
          </a>
        </p>
      )}
    </Card>
  );

  function cellsOf(key: ApiKey) {
    const { id, name, scopes, lastUsedAt, expiresAt, overlapEndsAt } = key;
    return {
      name: (
        <>
          {name} <code>{id}</code>
        </>
      ),
      scopes: scopes.join(", "),
      ...limitCells(key),
      used: lastUsedAt === null ? texts.never : <When at={lastUsedAt} />,
      ends: (
        <>
          {expiresAt === null ? texts.noEnd : <When at={expiresAt} />}
          {overlapEndsAt !== null && (
            <>
              {" · "}
              {texts.overlap} <When at={overlapEndsAt} />
            </>
          )}
        </>
      ),
      actions: (
        <span class="presses">
          {may("rollKey") && <a href={`${PATH}/keys/${id}/roll`}>{texts.roll.short}</a>}
          {may("revokeKey") && <a href={`${PATH}/keys/${id}/revoke`}>{texts.revoke.short}</a>}
        </span>
      ),
    };
  }
}
