import { codeOf, type Fault, type FormView, touchPath } from "@caravela/web/dashboard";
import type { FormFields } from "../pages/form-fields.ts";
import { textOf } from "../pages/form-fields.ts";
import { type Ask, type Outcome, type Query, Refused } from "./ask.ts";
import { faultyForm, formAgain, freshForm, isDone, typedBefore } from "./forms.ts";
import type { Drawn, Screens } from "./room.ts";
import type { Visit } from "./visit.ts";

/** What was typed, as the API takes it; and what is wrong with that. */
export interface Read {
  readonly body: object | null;
  readonly faults?: Readonly<Record<string, Fault>>;
}

/** A page with one form, which is one call of the API. */
export interface CallForm<About, Done> {
  readonly at: string;
  /** The operation of the API. */
  readonly needs: string;
  /** Whether it is done only after a fresh touch of the passkey, which is asked for before anything is typed. */
  readonly wantsTouch?: true;
  /** What it is about. @throws Refused where that is not there */
  readonly about: (visit: Visit) => Promise<About>;
  readonly read?: (fields: FormFields, visit: Visit, about: About) => Read;
  readonly call: (
    visit: Visit,
    asked: { readonly about: About; readonly body: object | null; readonly key: string },
  ) => Promise<Outcome<Done>>;
  readonly draw: (visit: Visit, about: About, form: FormView) => Promise<string>;
  /** What is shown once it is done. A secret is shown as the answer itself, never at an address. */
  readonly done: (visit: Visit, done: Done, about: About) => Drawn | Promise<Drawn>;
}

/** Puts up a page with one form. */
export function addCallForm<About, Done>(screens: Screens, form: CallForm<About, Done>): void {
  screens.show(form.at, async (visit) => {
    visit.mustHave(form.needs);
    if (form.wantsTouch === true && visit.me.session?.touchedUntil === null) {
      return { to: touchPath((await visit.shell()).path) };
    }
    return form.draw(visit, await form.about(visit), freshForm(visit.key(), typedBefore(visit)));
  });

  screens.press(form.at, async (visit, fields): Promise<Drawn> => {
    visit.mustHave(form.needs);
    const again = async (about: About, view: FormView) => ({
      html: await form.draw(visit, about, view),
      status: view.problem?.status ?? 422,
    });
    const about = await form.about(visit);
    const { body, faults = {} } = form.read?.(fields, visit, about) ?? { body: null };
    if (Object.keys(faults).length > 0) return again(about, faultyForm(fields, faults));
    const outcome = await form.call(visit, { about, body, key: textOf(fields, "key") });
    if (!isDone(outcome)) return again(about, formAgain(fields, outcome.refused, visit.key));
    return form.done(visit, outcome.done, about);
  });
}

/** A press that needs no page of its own: what the API refuses is a page that says so. */
export function addPress(
  screens: Screens,
  at: string,
  press: (
    visit: Visit,
    key: string,
    fields: FormFields,
  ) => Promise<{ readonly outcome: Outcome<unknown>; readonly to: string }>,
): void {
  screens.press(at, async (visit, fields) => {
    const { outcome, to } = await press(visit, textOf(fields, "key"), fields);
    if (isDone(outcome)) return { to };
    throw new Refused(outcome.refused);
  });
}

/** Takes something away: what is gone already is gone. */
export async function takeAway(ask: Ask, path: string): Promise<Outcome<null>> {
  const outcome = await ask.delete(path);
  return !isDone(outcome) && codeOf(outcome.refused.type) === "not_found" ? { status: 204, done: null } : outcome;
}

/** One of a list that the API has no call for by itself, on whichever page it stands; null: it is not in it. */
export async function seekListed<Item extends { readonly id: string }>(
  ask: Pick<Ask, "page">,
  path: string,
  id: string | undefined,
  query: Query = {},
): Promise<Item | null> {
  for (let after: string | undefined; ; ) {
    const page = await ask.page<Item>(path, query, after);
    const found = page.data.find((item) => item.id === id);
    if (found !== undefined) return found;
    if (page.next === null) return null;
    after = page.next;
  }
}

/** The same. @throws Refused where it is not in it */
export async function findListed<Item extends { readonly id: string }>(
  ...sought: Parameters<typeof seekListed>
): Promise<Item> {
  const found = await seekListed<Item>(...sought);
  if (found === null) throw new Refused(NOT_FOUND);
  return found;
}

const NOT_FOUND = {
  type: "/problems/not_found",
  title: "There is no such thing.",
  status: 404,
  detail: "It may be gone by now.",
  errors: [],
};
