import { useEffect, useState } from "preact/hooks";
import { euros } from "../parts/euros.ts";
import { EraseIcon } from "../parts/icons.tsx";
import { inThrees } from "../parts/in-threes.ts";
import { moment } from "../parts/moment.ts";
import { correct, FIELDS, type Field, press, type Typed } from "./keypad.ts";
import { Pigeon } from "./scenery.tsx";
import { type AtmTexts, atmTexts } from "./texts.ts";
import type { AtmResult, AtmView } from "./view.ts";

/** The simulated ATM in its wall. */
export function AtmPage({ view }: { view: AtmView }) {
  const texts = atmTexts[view.lang];
  const { result } = view;
  return (
    <main class="wall">
      <div class="machine">
        <Pigeon />
        <p class="plate">Multibanco</p>
        {result?.kind === "receipt" ? <Done texts={texts} /> : <Machine view={view} texts={texts} />}
        <div class="slot" />
        {result?.kind === "receipt" && <Receipt result={result} view={view} texts={texts} />}
      </div>
      <div class="sign">
        <h1>{texts.title}</h1>
        <p>{texts.about}</p>
        <p>
          <a href="/phone">{texts.toPhone}</a>
        </p>
      </div>
    </main>
  );
}

function Done({ texts }: { texts: AtmTexts }) {
  return (
    <div class="display" role="status">
      <p class="service">{texts.service}</p>
      <p class="done">{texts.takeReceipt}</p>
      <a class="key go" href="/atm">
        {texts.another}
      </a>
    </div>
  );
}

/** The display and the keypad below it: one form, which works from the computer's own keys as well. */
function Machine({ view, texts }: { view: AtmView; texts: AtmTexts }) {
  const [{ typed, field }, setState] = useState<{ typed: Typed; field: Field }>({
    typed: view.typed,
    field: FIELDS.find((name) => view.typed[name] === "") ?? "entity",
  });
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return (
    <form action="/atm/pay" method="post">
      <div class="display">
        <p class="service">{texts.service}</p>
        {view.result?.kind === "refused" && (
          <div class="refused" role="alert">
            <p class="refused-title">{texts.refusedTitle}</p>
            <p>{texts.refused[view.result.reason]}</p>
          </div>
        )}
        {FIELDS.map((name) => (
          <label key={name} class={live && name === field ? "blank here" : "blank"}>
            <span>{texts[name]}</span>
            <input
              name={name}
              inputMode={name === "amount" ? "decimal" : "numeric"}
              autocomplete="off"
              value={typed[name]}
              onFocus={() => setState({ typed, field: name })}
              onInput={({ currentTarget }) =>
                setState({ typed: { ...typed, [name]: currentTarget.value }, field: name })
              }
            />
          </label>
        ))}
      </div>
      <div class="keys">
        <Keypad
          texts={texts}
          onKey={(key) => setState(press(typed, field, key))}
          onCorrect={() => setState(correct(typed, field))}
        />
        <button type="submit" class="key go">
          {texts.pay}
        </button>
      </div>
    </form>
  );
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ",", "0"];

interface KeypadProps {
  texts: AtmTexts;
  onKey(key: string): void;
  onCorrect(): void;
}

/** For fingers and mice. The fields take the computer's own keys too, so nobody needs it. */
function Keypad({ texts, onKey, onCorrect }: KeypadProps) {
  return (
    <fieldset class="keypad needs-script" aria-label={texts.keypad}>
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          class="key"
          aria-label={key === "," ? texts.comma : key}
          onClick={() => onKey(key)}
        >
          {key}
        </button>
      ))}
      <button type="button" class="key correct" aria-label={texts.correct} onClick={onCorrect}>
        <EraseIcon />
      </button>
    </fieldset>
  );
}

interface ReceiptProps {
  result: Extract<AtmResult, { kind: "receipt" }>;
  view: AtmView;
  texts: AtmTexts;
}

function Receipt({ result, view, texts }: ReceiptProps) {
  return (
    <section class="receipt" aria-label={texts.receipt.label}>
      <p class="receipt-head">
        Multibanco
        <br />
        {texts.receipt.head}
      </p>
      <p>{moment(result.paidAt, view.lang)}</p>
      <dl>
        <div>
          <dt>{texts.entity}</dt>
          <dd>{result.entity}</dd>
        </div>
        <div>
          <dt>{texts.reference}</dt>
          <dd>{inThrees(result.reference)}</dd>
        </div>
        <div class="receipt-amount">
          <dt>{texts.amount}</dt>
          <dd>{euros(result.amount, view.lang)}</dd>
        </div>
      </dl>
      <p>{result.merchant}</p>
      <p class="receipt-id">
        {texts.receipt.transaction} {result.id}
      </p>
      <p>{texts.receipt.thanks}</p>
    </section>
  );
}
