import type { CardBrand } from "@caravela/sibs/card-data";
import { useStateOf } from "../../parts/state-of.ts";
import { usePay } from "../context.ts";
import type { CardField, CardTyped } from "../view.ts";
import { type CardProblems, problemOf } from "./checks.ts";

/** What is wrong with a card's form, and how its fields are looked at. */
export interface FormState {
  name: CardTyped["form"];
  problems: CardProblems;
  /** What was typed before, where the form came back from the server. */
  kept: CardTyped["kept"];
  /** Looks at a field that was left: an empty one is not complained about yet. */
  left(field: HTMLInputElement | HTMLSelectElement): void;
  /** Takes a complaint back as soon as it is mended. A mistake half typed is none. */
  changed(field: HTMLInputElement | HTMLSelectElement): void;
  /** Looks at every field; the first that is wrong takes the focus. @returns whether the form may go. */
  mayGo(form: HTMLFormElement): boolean;
}

/** Follows a card's form. @param brand the card's, which says how long its code is. */
export function useFormState(
  name: CardTyped["form"],
  fields: readonly CardField[],
  brand: CardBrand | null,
): FormState {
  const { view, texts, announce } = usePay();
  const [problems, setProblems] = useStateOf(view.cardTyped, sentProblems);

  function sentProblems(): CardProblems {
    return view.cardTyped?.form === name ? view.cardTyped.problems : {};
  }

  const look = (field: CardField, text: string, form: HTMLFormElement | null) => {
    const country = form === null ? "" : textIn(form, "country");
    return problemOf(field, text, { now: new Date(), brand, country });
  };
  const set = (field: CardField, problem: string | null) =>
    setProblems((others) => ({ ...others, [field]: problem ?? undefined }));

  return {
    name,
    problems,
    kept: view.cardTyped?.form === name ? view.cardTyped.kept : {},
    left({ name: field, value, form }) {
      const problem = value.trim() === "" ? null : look(field as CardField, value, form);
      set(field as CardField, problem);
      if (problem !== null) announce(wordsFor(texts.card.problems, field as CardField, problem));
    },
    changed({ name: field, value, form }) {
      if (problems[field as CardField] !== undefined && look(field as CardField, value, form) === null) {
        set(field as CardField, null);
      }
    },
    mayGo(form) {
      const found = fields.map((field) => [field, look(field, textIn(form, field), form)] as const);
      setProblems(() => Object.fromEntries(found.filter(([, problem]) => problem !== null)));
      const first = found.find(([, problem]) => problem !== null)?.[0];
      if (first !== undefined) (form.elements.namedItem(first) as HTMLElement | null)?.focus();
      return first === undefined;
    },
  };
}

function textIn(form: HTMLFormElement, field: CardField): string {
  return String(new FormData(form).get(field) ?? "");
}

/** What there is to say about a field. */
export function wordsFor(
  problems: { readonly [Field in CardField]: Readonly<Record<string, string>> },
  field: CardField,
  problem: string,
): string {
  return problems[field][problem] ?? "";
}
