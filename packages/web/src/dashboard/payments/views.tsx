import type { Page } from "../api/answers.ts";
import { ActionForm, Field, type FormView, PressForm } from "../parts/forms.tsx";
import { Card } from "../parts/shown.tsx";
import { Pager } from "../parts/table.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { viewsTexts } from "./texts.ts";

/** What a colleague keeps of the list under a name. */
export interface SavedView {
  id: string;
  name: string;
  query: string;
}

/** A view that everybody has. */
export interface UsualView {
  kind: "all" | "paid_today" | "unpaid_references" | "failed" | "refunded";
  /** Of its address. */
  query: string;
}

/** The views above the list. */
export interface ViewsShown {
  usual: readonly UsualView[];
  /** Null: whoever looks keeps none. */
  own: readonly SavedView[] | null;
  /** What stands now, as a view would keep it. */
  query: string;
  /** Whether a view can keep it: something stands, and nothing of it says who a customer is. */
  canKeep: boolean;
  /** Of the press that keeps it. */
  key: string;
}

const PATH = "/dashboard/payments";
const VIEWS = `${PATH}/views`;

/** The views, each an address. */
export function Views({ views: { usual, own, query } }: { views: ViewsShown }) {
  const texts = useDesk().say(viewsTexts);
  const all = [
    ...usual.map((view) => ({ key: view.kind, query: view.query, name: texts.usual[view.kind] })),
    ...(own ?? []).map(({ id, ...view }) => ({ key: id, ...view })),
  ];
  return (
    <nav class="views" aria-label={texts.title}>
      {all.map((view) => (
        <a
          key={view.key}
          href={view.query === "" ? PATH : `${PATH}?${view.query}`}
          aria-current={isSame(view.query, query) ? "page" : undefined}
        >
          {view.name}
        </a>
      ))}
      {own !== null && own.length > 0 && (
        <a class="quiet" href={VIEWS}>
          {texts.manage}
        </a>
      )}
    </nav>
  );
}

/** Whether two queries ask for the same. */
function isSame(one: string, other: string): boolean {
  const spelt = (query: string) =>
    [...new URLSearchParams(query)]
      .map((entry) => entry.join("="))
      .sort()
      .join("&");
  return spelt(one) === spelt(other);
}

/** Keeps what stands now under a name. */
export function KeepView({ views: { own, query, canKeep, key } }: { views: ViewsShown }) {
  const { say, may } = useDesk();
  const texts = say(viewsTexts);
  if (own === null || !canKeep || !may("keepView") || own.some((view) => isSame(view.query, query))) return null;
  return (
    <details class="keep-view">
      <summary>{texts.keep}</summary>
      <form class="filters" method="post" action={VIEWS} data-once>
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="query" value={query} />
        <div class="filter">
          <label for="view-name">{texts.name}</label>
          <input id="view-name" name="name" type="text" maxLength={60} required autocomplete="off" />
        </div>
        <div class="presses">
          <button type="submit" class="button quiet small">
            {texts.keepPress}
          </button>
        </div>
      </form>
    </details>
  );
}

/** One's own views, as they are renamed and removed. */
export interface OwnViewsView {
  page: Page<SavedView>;
  /** Of its presses. */
  key: string;
  /** The form that came back, and of which view; null: none did. */
  back: { readonly id: string; readonly form: FormView } | null;
}

/** Renders one's own views. */
export function renderOwnViews(shell: Shell, view: OwnViewsView): string {
  return renderScreen(shell, { title: viewsTexts[shell.lang].title, body: <OwnViews view={view} /> });
}

function OwnViews({ view: { page, key, back } }: { view: OwnViewsView }) {
  const texts = useDesk().say(viewsTexts);
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
        <a href={PATH}>{texts.toList}</a>
      </header>
      {page.data.length === 0 && <p class="empty">{texts.none}</p>}
      {page.data.map(({ id, name, query }) => (
        <Card key={id} id={id} title={name}>
          <p>
            <a href={`${PATH}?${query}`}>{texts.open}</a>
          </p>
          <ActionForm
            to={`${VIEWS}/${id}/rename`}
            form={back?.id === id ? back.form : { key: `${key}-${id}`, typed: {}, faults: {}, problem: null }}
            submit={texts.rename}
          >
            <Field
              name={`name-${id}`}
              label={texts.name}
              form={back?.id === id ? back.form : { key: "", typed: {}, faults: {}, problem: null }}
              initial={name}
              maxLength={60}
            />
          </ActionForm>
          <PressForm to={`${VIEWS}/${id}/remove`} formKey={key}>
            {texts.remove}
          </PressForm>
        </Card>
      ))}
      <Pager next={page.next} />
    </>
  );
}
