import "../pay.css";
import { isNews } from "./news.ts";

const form = document.forms[0];
const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];

if (form !== undefined && parent !== window) leadInFrame(form);
// Whoever comes back by the browser's button does not want to be sent away again.
else if (navigation?.type !== "back_forward") form?.submit();

/** Puts the issuer's page in a frame of its own, and passes on what it says. */
function leadInFrame(form: HTMLFormElement): void {
  const frame = document.createElement("iframe");
  frame.name = "bank";
  frame.className = "bank";
  frame.title = form.dataset.title ?? "";
  document.documentElement.className = "framed";
  document.body.append(frame);
  const issuer = new URL(form.action).origin;
  addEventListener("message", ({ data, origin, source }) => {
    const isTrusted = source === frame.contentWindow && (origin === issuer || origin === location.origin);
    if (isTrusted && isNews(data)) tell("caravela:3ds");
  });
  frame.addEventListener("load", () => tell("caravela:3ds-shown"));
  form.target = frame.name;
  form.submit();
}

function tell(type: string): void {
  parent.postMessage({ type }, location.origin);
}
