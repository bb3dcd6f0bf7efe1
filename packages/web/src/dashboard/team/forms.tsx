import type { Operator } from "../api/people.ts";
import { ActionForm, Choice, Field, type FormView } from "../parts/forms.tsx";
import { LimitFields } from "../parts/limits.tsx";
import { Copy } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import { shellTexts } from "../shell/texts.ts";
import type { Shell } from "../shell/view.ts";
import { ROLES } from "./page.tsx";
import { teamTexts } from "./texts.ts";

/** What is done about a colleague. */
export interface ColleagueFormView {
  kind: "invite" | "change" | "link" | "remove";
  /** Null: somebody new. */
  operator: Operator | null;
  form: FormView;
}

/** A colleague, and the link that they come in by, where it was not shown before. */
export interface InvitedView {
  operator: Operator;
}

const PATH = "/dashboard/team";

/** Renders the page on which something is done about a colleague. */
export function renderColleagueForm(shell: Shell, view: ColleagueFormView): string {
  return renderScreen(shell, { title: teamTexts[shell.lang][view.kind].title, body: <ColleaguePage view={view} /> });
}

function ColleaguePage({ view: { kind, operator, form } }: { view: ColleagueFormView }) {
  const { say } = useDesk();
  const texts = say(teamTexts);
  const at = operator === null ? PATH : `${PATH}/${operator.id}`;
  return (
    <section class="card narrow stack">
      <h1>{texts[kind].title}</h1>
      {operator !== null && (
        <p>
          <strong>{operator.name}</strong> · {say(shellTexts).roles[operator.role]}
        </p>
      )}
      <p>{texts[kind].why}</p>
      <ActionForm to={`${at}/${kind}`} form={form} submit={texts[kind].press} grave={kind === "remove"} back={PATH}>
        {(kind === "invite" || kind === "change") && <PositionFields operator={operator} form={form} />}
      </ActionForm>
    </section>
  );
}

/** Who somebody is, and what they may. */
function PositionFields({ operator, form }: { operator: Operator | null; form: FormView }) {
  const { say, me } = useDesk();
  const texts = say(teamTexts);
  const isOurs = operator?.signsOn !== true;
  return (
    <>
      {!isOurs && <p class="warning">{texts.change.elsewhere}</p>}
      {isOurs && <NameAndRole operator={operator} form={form} />}
      <LimitFields limits={operator} form={form} />
      {me?.terminal === null && (
        <Field
          name="terminal"
          label={texts.terminal}
          hint={texts.terminalHint}
          form={form}
          initial={operator?.terminal ?? ""}
          maxLength={20}
          optional
        />
      )}
    </>
  );
}

function NameAndRole({ operator, form }: { operator: Operator | null; form: FormView }) {
  const { say } = useDesk();
  const texts = say(teamTexts);
  return (
    <>
      <Field
        name="name"
        label={texts.name}
        hint={texts.nameHint}
        form={form}
        initial={operator?.name ?? ""}
        maxLength={100}
      />
      <Choice
        name="role"
        label={texts.role}
        options={ROLES.map((value) => ({
          value,
          label: (
            <>
              <strong>{say(shellTexts).roles[value]}</strong>: {texts.mays[value]}
            </>
          ),
        }))}
        form={form}
        {...(operator !== null && { initial: operator.role })}
      />
    </>
  );
}

/** Renders the link that somebody comes in by. It is told once. */
export function renderInvited(shell: Shell, view: InvitedView): string {
  return renderScreen(shell, { title: teamTexts[shell.lang].invited.title, body: <InvitedPage view={view} /> });
}

function InvitedPage({ view: { operator } }: { view: InvitedView }) {
  const texts = useDesk().say(teamTexts);
  const { invited } = texts;
  return (
    <section class="card narrow stack">
      <h1>{invited.title}</h1>
      {operator.inviteUrl === null ? (
        <>
          <p>{invited.shown}</p>
          <p class="presses">
            <a class="button" href={`${PATH}/${operator.id}/link`}>
              {texts.link.press}
            </a>
          </p>
        </>
      ) : (
        <>
          <p>{invited.why(operator.name)}</p>
          <p>
            <Copy text={operator.inviteUrl} what={invited.title} />
          </p>
          <p class="hint">{invited.once}</p>
        </>
      )}
      <p>
        <a href={PATH}>{texts.title}</a>
      </p>
    </section>
  );
}
