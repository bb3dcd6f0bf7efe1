import type { CardBrand } from "@caravela/sibs/card-data";
import { useState } from "preact/hooks";
import { useStateOf } from "../../parts/state-of.ts";
import { usePay } from "../context.ts";
import type { CardField, CardTyped, PayScreen } from "../view.ts";
import { ADDRESS, type CardProblems, problemOf } from "./checks.ts";

/** What is wrong with a card's form, and how its fields are looked at. */
export interface FormState {
  name: CardTyped["form"];
  problems: CardProblems;
  /** What was typed before, where the form came back. */
  kept: Kept;
  /** Whether all is typed but the address, so that it is the address that is missing. */
  isAllButAddress: boolean;
  /** Looks at a field that was left: an empty one is not complained about yet. */
  left(field: HTMLInputElement | HTMLSelectElement): void;
  /** Takes a complaint back as soon as it is mended. A mistake half typed is none. */
  changed(field: HTMLInputElement | HTMLSelectElement): void;
  /** Looks at every field; the first that is wrong takes the focus. @returns whether the form may go. */
  mayGo(form: HTMLFormElement): boolean;
}

/** What was typed before; a number and a code only out of this page's own memory. */
export type Kept = { readonly [Field in CardField | "saved" | "keep"]?: string };

/** What was typed into a card's form before: as the server gave it back, or as this page keeps it. */
export function useKept(name: CardTyped["form"]): Kept {
  const { view, typedIn } = usePay();
  return view.cardTyped?.form === name ? { ...typedIn(name), ...view.cardTyped.kept } : typedIn(name);
}

/** What a card's bank was not content with, where it is one field. */
function refusedField(screen: PayScreen): "code" | "expiry" | null {
  if (screen.kind !== "declined") return null;
  if (screen.reason === "card_wrong_code") return "code";
  return screen.reason === "card_expired" ? "expiry" : null;
}

/** Follows a card's form. @param brand the card's, which says how long its code is. */
export function useFormState(
  name: CardTyped["form"],
  fields: readonly CardField[],
  brand: CardBrand | null,
): FormState {
  const { view, texts, announce } = usePay();
  const kept = useKept(name);
  const [problems, setProblems] = useStateOf(view.cardTyped, knownProblems);
  const [isAllButAddress, setAllButAddress] = useState(false);

  function knownProblems(): CardProblems {
    if (view.cardTyped?.form === name) return view.cardTyped.problems;
    const refused = refusedField(view.screen);
    return refused !== null && kept[refused] !== undefined ? { [refused]: "refused" } : {};
  }

  const look = (field: CardField, text: string, form: HTMLFormElement | null) => {
    const country = form === null ? "" : textIn(form, "country");
    return problemOf(field, text, { now: new Date(), brand, country });
  };
  const set = (field: CardField, problem: string | null) =>
    setProblems((others) => ({ ...others, [field]: problem ?? undefined }));
  const isWhole = (form: HTMLFormElement) =>
    fields.every((field) => isOfAddress(field) || look(field, textIn(form, field), form) === null);

  return {
    name,
    problems,
    kept,
    isAllButAddress,
    left({ name: field, value, form, defaultValue }: HTMLInputElement) {
      // What a bank refused stays so until it is typed anew.
      if (problems[field as "code"] === "refused" && value === defaultValue) return;
      const problem = value.trim() === "" ? null : look(field as CardField, value, form);
      set(field as CardField, problem);
      if (problem !== null) announce(wordsFor(texts.card.problems, field as CardField, problem));
    },
    changed({ name: field, value, form }) {
      if (form !== null && isWhole(form)) setAllButAddress(true);
      if (problems[field as CardField] !== undefined && look(field as CardField, value, form) === null) {
        set(field as CardField, null);
      }
    },
    mayGo(form) {
      const found = fields.map((field) => [field, look(field, textIn(form, field), form)] as const);
      const wrong = found.filter(([, problem]) => problem !== null);
      setProblems(() => Object.fromEntries(wrong));
      const inputs = wrong.map(([field]) => form.elements.namedItem(field) as HTMLElement);
      for (const input of inputs) unfold(input);
      inputs[0]?.focus();
      return wrong.length === 0;
    },
  };
}

function isOfAddress(field: CardField): boolean {
  return (ADDRESS as readonly CardField[]).includes(field);
}

/** Opens what a field is folded into: what is hidden takes no focus. */
function unfold(field: HTMLElement): void {
  const fold = field.closest("details");
  if (fold !== null) fold.open = true;
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
