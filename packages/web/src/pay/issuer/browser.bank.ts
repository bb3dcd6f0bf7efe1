import "../pay.css";
import { noteAtBank } from "../../parts/was-at-bank.ts";
import { isFrameMessage } from "./frame-message.ts";

const form = document.forms[0];
const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];

if (form !== undefined && parent !== window) leadInFrame(form);
// Whoever comes back by the browser's button does not want to be sent away again.
else if (form !== undefined && navigation?.type !== "back_forward") addEventListener("load", () => leave(form));

/** Puts the issuer's page in a frame of its own, and passes on what it says. */
function leadInFrame(form: HTMLFormElement): void {
  const frame = document.createElement("iframe");
  frame.name = "bank";
  frame.className = "bank";
  frame.title = form.dataset.title ?? "";
  document.documentElement.className = "framed";
  document.body.append(frame);
  const issuer = new URL(form.getAttribute("action") ?? "").origin;
  addEventListener("message", ({ data, origin, source }) => {
    const isTrusted = source === frame.contentWindow && (origin === issuer || origin === location.origin);
    if (isTrusted && isFrameMessage(data)) tell("caravela:3ds");
  });
  frame.addEventListener("load", () => tell("caravela:3ds-shown"));
  form.target = frame.name;
  submit(form);
}

/** Leaves for the issuer's page, from where the customer comes back to the payment's. */
function leave(form: HTMLFormElement): void {
  noteAtBank(location.pathname.replace(/\/bank$/, ""));
  submit(form);
}

/** Its fields are the issuer's, and one may be called "submit". */
function submit(form: HTMLFormElement): void {
  HTMLFormElement.prototype.submit.call(form);
}

function tell(type: string): void {
  parent.postMessage({ type }, location.origin);
}
