import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import "./login.css";

/** What is found out here alone; its words are on the page already, hidden. */
type Found = "dismissed" | "known" | "unsupported" | "too_many" | "gone" | "away";

const form = document.querySelector<HTMLFormElement>("form[data-passkey]");

if (form !== null) begin(form);

function begin(form: HTMLFormElement): void {
  if (location.origin !== form.dataset.origin) {
    // a passkey is of one name: here none would be found, and none that is made would be found there
    form.remove();
    const elsewhere = document.querySelector<HTMLElement>("[data-elsewhere]");
    if (elsewhere !== null) elsewhere.hidden = false;
  } else if (browserSupportsWebAuthn()) {
    form.addEventListener("submit", (event) => void lead(event, form));
  } else {
    form.querySelector("button")?.remove();
    say(form, "unsupported");
  }
}

/** Leads a form through its passkey, and lets it go with the answer. */
async function lead(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
  event.preventDefault();
  const button = form.querySelector("button");
  if (button?.getAttribute("aria-disabled") === "true") return;
  button?.setAttribute("aria-disabled", "true");
  say(form, null);
  const problem = await answerFor(form);
  if (problem === null) return form.submit();
  button?.removeAttribute("aria-disabled");
  say(form, problem);
}

/** Puts the passkey's answer into the form; what went wrong where there is none. */
async function answerFor(form: HTMLFormElement): Promise<Found | null> {
  const asked = await fetch(`${form.action}/options`, { method: "POST" }).catch(() => null);
  if (asked?.status === 429) return "too_many";
  if (asked !== null && asked.status >= 400 && asked.status < 500) return "gone";
  if (asked?.ok !== true) return "away";
  try {
    const answer = await ceremony(form.dataset.passkey, await asked.json());
    const field = form.elements.namedItem("answer");
    if (field instanceof HTMLInputElement) field.value = JSON.stringify(answer);
    return null;
  } catch (error) {
    return error instanceof Error && error.name === "InvalidStateError" ? "known" : "dismissed";
  }
}

function ceremony(does: string | undefined, optionsJSON: unknown) {
  return does === "create"
    ? startRegistration({ optionsJSON: optionsJSON as PublicKeyCredentialCreationOptionsJSON })
    : startAuthentication({ optionsJSON: optionsJSON as PublicKeyCredentialRequestOptionsJSON });
}

/** Shows what was found, and only that. */
function say(form: HTMLFormElement, found: Found | null): void {
  for (const line of form.querySelectorAll<HTMLElement>("[data-found]")) line.hidden = line.dataset.found !== found;
}
