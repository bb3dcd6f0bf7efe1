/** Who is led away from a form to touch their passkey finds it as it was, in the same tab and once. */
export function keepTyped(): void {
  document.addEventListener("click", ({ target }) => {
    const form = target instanceof Element ? target.closest("[data-keeps-typed]")?.closest("form") : null;
    if (form) sessionStorage.setItem(placeOf(form), JSON.stringify([...new FormData(form)]));
  });
  for (const form of document.querySelectorAll<HTMLFormElement>("form.action")) {
    const kept = sessionStorage.getItem(placeOf(form));
    if (kept === null) continue;
    sessionStorage.removeItem(placeOf(form));
    fill(form, JSON.parse(kept) as [name: string, value: string][]);
  }
}

const placeOf = (form: HTMLFormElement): string => `typed ${new URL(form.action).pathname}`;

/** What is hidden, as the form's own key, stays as it was drawn. */
function fill(form: HTMLFormElement, typed: readonly [name: string, value: string][]): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), select, textarea")) {
    const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}
