import type { Page } from "../api/answers.ts";
import type { Session } from "../api/people.ts";
import { PressForm } from "../parts/forms.tsx";
import { When } from "../parts/shown.tsx";
import { Pager, Table } from "../parts/table.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { sessionsTexts } from "./texts.ts";

/** Who is signed in. */
export interface SessionsView {
  page: Page<Session>;
  /** Of the presses that end one: what is ended twice is ended. */
  key: string;
  /** Whether one was just ended. */
  isDone: boolean;
}

/** Renders who is signed in, and where. */
export function renderSessions(shell: Shell, view: SessionsView): string {
  return renderScreen(shell, { title: sessionsTexts[shell.lang].title, body: <SessionsPage view={view} /> });
}

function SessionsPage({ view: { page, key, isDone } }: { view: SessionsView }) {
  const { say, me } = useDesk();
  const texts = say(sessionsTexts);
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
        <a href="/dashboard/passkeys">{texts.passkeys}</a>
      </header>
      {isDone && (
        <p class="done" role="status">
          {texts.done}
        </p>
      )}
      <p class="hint">{me?.role === "owner" ? texts.all : texts.own}</p>
      <Table
        caption={texts.title}
        columns={[
          { key: "who", label: texts.who },
          { key: "since", label: texts.since },
          { key: "seen", label: texts.seen },
          { key: "from", label: texts.from },
          { key: "agent", label: texts.agent },
          { key: "end", label: texts.end },
        ]}
        rows={page.data.map((session) => ({ id: session.id, cells: cellsOf(session) }))}
        empty={<p>{texts.none}</p>}
      />
      <Pager next={page.next} />
    </>
  );

  function cellsOf({ id, name, createdAt, seenAt, address, agent, current }: Session) {
    return {
      who: name,
      since: <When at={createdAt} />,
      seen: <When at={seenAt} />,
      from: address ?? texts.unknown,
      agent: agent ?? texts.unknown,
      end: current ? (
        texts.current
      ) : (
        <PressForm to={`/dashboard/sessions/${id}/end`} formKey={key}>
          {texts.press}
        </PressForm>
      ),
    };
  }
}
