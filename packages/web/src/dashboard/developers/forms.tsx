import type { ApiKey, EventEndpoint } from "../api/developers.ts";
import { ActionForm, Field, type FormView } from "../parts/forms.tsx";
import { LimitFields } from "../parts/limits.tsx";
import { Copy } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { developersTexts } from "./texts.ts";

/** What is done about an endpoint or a key. */
export interface DeveloperFormView {
  kind: "add" | "remove" | "make" | "roll" | "revoke";
  /** Null: something new. */
  about: EventEndpoint | ApiKey | null;
  form: FormView;
}

/** A secret, which is told once. */
export interface SecretView {
  kind: "endpoint" | "key";
  /** Null: it was told before. */
  secret: string | null;
}

const PATH = "/dashboard/developers";

/** What a key may be good for. */
export const SCOPES = ["payments:read", "payments:write", "refunds:write", "events", "reports", "admin"] as const;

/** Renders the page on which something is done about an endpoint or a key. */
export function renderDeveloperForm(shell: Shell, view: DeveloperFormView): string {
  return renderScreen(shell, { title: developersTexts[shell.lang][view.kind].title, body: <FormPage view={view} /> });
}

function FormPage({ view: { kind, about, form } }: { view: DeveloperFormView }) {
  const { say, path } = useDesk();
  const texts = say(developersTexts);
  const [here = ""] = path.split("?");
  return (
    <section class="card narrow stack">
      <h1>{texts[kind].title}</h1>
      {about !== null && (
        <p>
          <strong>{"url" in about ? about.url : about.name}</strong>
        </p>
      )}
      <p>{texts[kind].why}</p>
      <ActionForm
        to={here}
        form={form}
        submit={texts[kind].press}
        grave={kind === "remove" || kind === "revoke"}
        back={PATH}
      >
        {form.problem !== null && form.problem.errors.length > 0 && (
          <ul lang="en">
            {form.problem.errors.map(({ field, message }) => (
              <li key={field}>
                <code>{field}</code> {message}
              </li>
            ))}
          </ul>
        )}
        {kind === "add" && <EndpointFields form={form} />}
        {kind === "make" && <KeyFields form={form} />}
        {kind === "roll" && (
          <Field name="overlapHours" label={texts.overlapHours} hint={texts.overlapHint} form={form} initial="24" />
        )}
      </ActionForm>
    </section>
  );
}

function EndpointFields({ form }: { form: FormView }) {
  const texts = useDesk().say(developersTexts);
  return (
    <>
      <Field name="url" label={texts.url} hint={texts.urlHint} form={form} maxLength={2_000} />
      <Field name="types" label={texts.types} hint={texts.typesHint} form={form} maxLength={2_000} optional />
      <TerminalField form={form} />
    </>
  );
}

function KeyFields({ form }: { form: FormView }) {
  const texts = useDesk().say(developersTexts);
  return (
    <>
      <Field name="name" label={texts.name} hint={texts.nameHint} form={form} maxLength={100} />
      <fieldset class="choice-of">
        <legend>{texts.scopes}</legend>
        {SCOPES.map((scope) => (
          <label key={scope}>
            <input type="checkbox" name={`scope_${scope}`} value="on" checked={form.typed[`scope_${scope}`] === "on"} />
            <span>
              <code>{scope}</code>: {texts.scopeMays[scope]}
            </span>
          </label>
        ))}
        {form.faults.scopes !== undefined && <p class="problem">{texts.scopesMissing}</p>}
      </fieldset>
      <LimitFields limits={null} form={form} />
      <TerminalField form={form} />
    </>
  );
}

function TerminalField({ form }: { form: FormView }) {
  const { say, me } = useDesk();
  const texts = say(developersTexts);
  if (me?.terminal !== null) return null;
  return <Field name="terminal" label={texts.terminal} hint={texts.terminalHint} form={form} maxLength={20} optional />;
}

/** Renders a secret. It is told once. */
export function renderSecret(shell: Shell, view: SecretView): string {
  return renderScreen(shell, { title: developersTexts[shell.lang].secret.title, body: <SecretPage view={view} /> });
}

function SecretPage({ view: { kind, secret } }: { view: SecretView }) {
  const texts = useDesk().say(developersTexts);
  return (
    <section class="card narrow stack">
      <h1>{texts.secret.title}</h1>
      {secret === null ? (
        <p>{texts.secret.shown[kind]}</p>
      ) : (
        <>
          <p>{texts.secret.why[kind]}</p>
          <p>
            <Copy text={secret} what={texts.secret.title} />
          </p>
          <p class="hint">{texts.secret.once}</p>
        </>
      )}
      <p>
        <a href={PATH}>{texts.title}</a>
      </p>
    </section>
  );
}
