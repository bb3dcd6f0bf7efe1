import { ActionForm, Choice, Field, type FormView } from "../parts/forms.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { newLinkTexts } from "./texts.ts";

/** A payment link that is to be made. */
export interface NewLinkView {
  form: FormView;
  /** The day until which it is good unless somebody says otherwise. */
  until: string;
  /** Where it can be charged, the usual first; nobody chooses of less than two. */
  terminals: readonly { id: string; merchant: string }[];
}

/** Renders the page on which a payment link is made. */
export function renderNewLink(shell: Shell, view: NewLinkView): string {
  return renderScreen(shell, { title: newLinkTexts[shell.lang].title, body: <NewLinkPage view={view} /> });
}

function NewLinkPage({ view: { form, until, terminals } }: { view: NewLinkView }) {
  const texts = useDesk().say(newLinkTexts);
  const methods = [
    { value: "all", label: texts.all },
    ...Object.entries(texts.only).map(([value, label]) => ({ value, label })),
  ];
  return (
    <section class="card narrow stack">
      <h1>{texts.title}</h1>
      <p>{texts.why}</p>
      <ActionForm to="/dashboard/links/new" form={form} submit={texts.press} back="/dashboard/payments">
        <Field name="amount" label={texts.amount} form={form} kind="money" maxLength={20} />
        <Field name="reference" label={texts.reference} form={form} maxLength={100} />
        <Field
          name="description"
          label={texts.description}
          hint={texts.descriptionHint}
          form={form}
          maxLength={255}
          optional
        />
        <Field name="expiresAt" label={texts.until} hint={texts.untilHint} form={form} initial={until} kind="date" />
        <Choice name="methods" label={texts.methods} options={methods} form={form} initial="all" />
        {terminals.length > 1 && (
          <Choice
            name="terminal"
            label={texts.terminal}
            options={terminals.map(({ id, merchant }) => ({ value: id, label: `${merchant} (${id})` }))}
            form={form}
            initial={terminals[0]?.id ?? ""}
          />
        )}
      </ActionForm>
    </section>
  );
}
