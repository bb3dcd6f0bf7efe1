import type { Lang } from "../../lang.ts";
import type { Problem } from "../api/answers.ts";
import { problemWords } from "../parts/problems.ts";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { refusedTexts } from "./texts.ts";

/** What could not be shown, and why. */
export interface RefusedView {
  problem: Problem;
  /** By which the log knows it; null: that is not known. */
  requestId: string | null;
  /** Whether it may go better if it is asked for again as it was. */
  mayGoBetter: boolean;
}

/** Renders what stands in place of a screen: what happened, and what to do. */
export function renderRefused(shell: Shell, view: RefusedView): string {
  const texts = refusedTexts[shell.lang];
  const title = texts.titles[view.problem.status] ?? texts.other;
  return renderScreen(shell, { title, body: <RefusedPage title={title} view={view} /> });
}

/** Renders what stands at an address that is nowhere, or that cannot be read: nothing is known of who asks. */
export function renderNowhere(lang: Lang): string {
  const problem = { type: "/problems/not_found", title: "", status: 404, detail: "", errors: [] };
  const shell = { lang, me: null, tasks: null, path: "/dashboard", q: "" };
  return renderRefused(shell, { problem, requestId: null, mayGoBetter: false });
}

function RefusedPage({ title, view: { problem, requestId, mayGoBetter } }: { title: string; view: RefusedView }) {
  const { say, lang, path } = useDesk();
  const texts = say(refusedTexts);
  const said = problemWords(problem, lang);
  return (
    <section class="card narrow stack">
      <h1>{title}</h1>
      <p>{said.title}</p>
      {said.what !== null && <p lang={said.lang}>{said.what}</p>}
      {problem.errors.length > 0 && (
        <ul lang="en">
          {problem.errors.map(({ field, message }) => (
            <li key={field}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <p class="presses">
        {mayGoBetter && (
          <a class="button" href={path}>
            {texts.again}
          </a>
        )}
        <a class="button quiet" href="/dashboard">
          {texts.home}
        </a>
      </p>
      {requestId !== null && (
        <p class="hint">
          {texts.request}: <code>{requestId}</code>
        </p>
      )}
    </section>
  );
}
