import type { Page } from "../api/answers.ts";
import type { Operator } from "../api/people.ts";
import { limitCells, useLimitColumns } from "../parts/limits.tsx";
import { Card, When } from "../parts/shown.tsx";
import { Pager, Table } from "../parts/table.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import { shellTexts } from "../shell/texts.ts";
import type { Shell } from "../shell/view.ts";
import { teamTexts } from "./texts.ts";

/** The people at work. */
export interface TeamView {
  page: Page<Operator>;
  /** What was just done; null: nothing. */
  done: "change" | "remove" | null;
}

export const ROLES = ["viewer", "support", "refunder", "accountant", "owner"] as const;

const PATH = "/dashboard/team";

/** Renders the people at work, and what each may. */
export function renderTeam(shell: Shell, view: TeamView): string {
  return renderScreen(shell, { title: teamTexts[shell.lang].title, body: <TeamPage view={view} /> });
}

function TeamPage({ view: { page, done } }: { view: TeamView }) {
  const { say, may } = useDesk();
  const texts = say(teamTexts);
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
        {may("inviteOperator") && (
          <a class="button small" href={`${PATH}/invite`}>
            {texts.invite.title}
          </a>
        )}
      </header>
      {done !== null && (
        <p class="done" role="status">
          {texts.done[done]}
        </p>
      )}
      <Table
        caption={texts.title}
        columns={[
          { key: "name", label: texts.name },
          { key: "role", label: texts.role },
          ...useLimitColumns(),
          { key: "terminal", label: texts.terminal },
          { key: "seen", label: texts.seen },
          { key: "passkeys", label: texts.passkeys },
          { key: "actions", label: texts.actions },
        ]}
        rows={page.data.map((operator) => ({ id: operator.id, cells: cellsOf(operator) }))}
        empty={<p>{texts.none}</p>}
      />
      <Pager next={page.next} />
      <p>
        <a href="/dashboard/sessions">{texts.toSessions}</a>
      </p>
      <Card id="roles" title={texts.roles}>
        <RoleFacts />
      </Card>
    </>
  );

  function cellsOf(operator: Operator) {
    const { me } = useDesk();
    const { id, name, role, terminal, lastSeenAt, passkeys } = operator;
    return {
      name: id === me?.by.id ? `${name} (${texts.you})` : name,
      role: <span class="word">{say(shellTexts).roles[role]}</span>,
      ...limitCells(operator),
      terminal: terminal ?? texts.allTerminals,
      seen: lastSeenAt === null ? texts.never : <When at={lastSeenAt} />,
      passkeys: passkeys === 0 ? texts.noPasskey : String(passkeys),
      actions: <Actions id={id} name={name} />,
    };
  }
}

function Actions({ id, name }: { id: string; name: string }) {
  const { say, may } = useDesk();
  const texts = say(teamTexts);
  const offered = ACTIONS.filter(({ needs }) => may(needs));
  return (
    <span class="presses">
      {offered.map(({ kind }) => (
        <a key={kind} href={`${PATH}/${id}/${kind}`} aria-label={`${texts[kind].short}: ${name}`}>
          {texts[kind].short}
        </a>
      ))}
    </span>
  );
}

const ACTIONS = [
  { kind: "change", needs: "changeOperator" },
  { kind: "link", needs: "renewInvitation" },
  { kind: "remove", needs: "removeOperator" },
] as const;

/** What each role may, in words. */
function RoleFacts() {
  const { say } = useDesk();
  const texts = say(teamTexts);
  return (
    <dl class="facts">
      {ROLES.map((role) => (
        <div key={role}>
          <dt>{say(shellTexts).roles[role]}</dt>
          <dd>{texts.mays[role]}</dd>
        </div>
      ))}
    </dl>
  );
}
