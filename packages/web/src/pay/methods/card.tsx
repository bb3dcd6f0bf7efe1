import { useEffect, useRef, useState } from "preact/hooks";
import type { PageLang } from "../../lang.ts";
import { useSecondsLeft } from "../../parts/countdown.ts";
import { Counted } from "../../parts/counted.tsx";
import { Submit } from "../../parts/form.tsx";
import { CardIcon, ClockIcon, LockIcon } from "../../parts/icons.tsx";
import { minutes } from "../../parts/minutes.ts";
import { Screen } from "../../parts/screen.tsx";
import { CardForm } from "../card/form.tsx";
import { SavedCards, savedName } from "../card/saved.tsx";
import { type Pay, usePay } from "../context.ts";
import { PayForm } from "../forms.tsx";
import { BankFrame } from "../issuer/frame.tsx";
import { possibleSteps } from "../next-steps.ts";
import type { Texts } from "../texts.pt.ts";
import type { BankAction, Embedded, PayView, ScreenOf } from "../view.ts";
import type { Way } from "../way.ts";

/** The customer's saved cards where there are any, and a card that is typed. */
export function cardWays({ view: { card, embedded, lang }, texts }: Pay): Way[] {
  if (card === null) return embedded === null ? [] : [cardElsewhere(embedded, lang, texts)];
  const [newest] = card.saved;
  const typed: Way = {
    id: "card",
    sign: <CardIcon />,
    name: newest === undefined ? texts.methods.card : texts.card.another,
    hint: texts.ways.card,
    form: <CardForm card={card} />,
  };
  if (newest === undefined) return [typed];
  const saved: Way = {
    id: "token",
    sign: <CardIcon />,
    name: texts.card.savedWay(card.saved.length),
    hint: savedName(newest, texts),
    form: <SavedCards card={card} />,
  };
  return [saved, typed];
}

/** Inside a page of the shop's a card is typed nowhere: the full page takes that one's place. */
function cardElsewhere({ full }: Embedded, lang: PageLang, texts: Texts): Way {
  return {
    id: "card",
    sign: <CardIcon />,
    name: texts.methods.card,
    hint: texts.ways.card,
    form: (
      <>
        <p class="hint">{texts.cardElsewhere.why}</p>
        <a class="button" href={`${full}?lang=${lang}`} target="_top">
          {texts.cardElsewhere.pay}
        </a>
      </>
    ),
  };
}

/** A card's purchase is on its way: one moment, whatever the issuer does meanwhile out of sight. */
export function CardMoment({ screen }: { screen: ScreenOf<"card_moment"> }) {
  const { texts, goOn } = usePay();
  const { action } = screen;
  return (
    <Screen icon={<ClockIcon />} title={texts.moment.title} busy>
      <p>{texts.moment.why}</p>
      {action !== null && (
        <>
          <BankFrame key={action.id} action={action} title={texts.moment.title} hidden done={goOn} />
          <noscript>
            <GoOn action={action} quiet={false} words={texts.moment.goOn} />
          </noscript>
        </>
      )}
    </Screen>
  );
}

/** The issuer asks its customer something: in a dialog, or on a page of its own. */
export function CardChallenge({ screen }: { screen: ScreenOf<"card_challenge"> }) {
  const { view, texts, look } = usePay();
  const { action } = screen;
  const [isOpen, setOpen] = useState(false);
  const left = useSecondsLeft(screen.secondsLeft, screen);
  const isOver = left === 0;
  useEffect(() => setOpen(true), [action.id]);
  useEffect(() => {
    if (isOver) look();
  }, [isOver, look]);
  const words = texts.challenge;
  return (
    <Screen icon={<LockIcon />} title={words.title}>
      <p>{words.why}</p>
      <noscript>
        <form class="stack" method="post" action={action.url}>
          {Object.entries(action.fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <button type="submit" class="button">
            {words.atTheBank}
          </button>
        </form>
      </noscript>
      <button type="button" class="button needs-script" onClick={() => setOpen(true)}>
        {words.here}
      </button>
      <a class="button quiet needs-script" href={bankPage(view, action)} target="_top">
        {words.atTheBank}
      </a>
      <LeaveBank action={action} />
      {isOpen && <ChallengeDialog action={action} left={left} close={() => setOpen(false)} />}
    </Screen>
  );
}

function ChallengeDialog({ action, left, close }: { action: BankAction; left: number; close: () => void }) {
  const { view, texts, goOn } = usePay();
  const dialog = useRef<HTMLDialogElement>(null);
  const words = texts.challenge;
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="challenge" aria-labelledby="challenge-title" onClose={close}>
      <div class="challenge-head">
        <h2 id="challenge-title" tabIndex={-1} autofocus>
          {words.dialog}
        </h2>
        <p class="hint" role="timer">
          {words.left} <Counted class="figures" text={minutes(left)} />
        </p>
      </div>
      <BankFrame action={action} title={words.frame} done={goOn} />
      <div class="challenge-ways">
        <a href={bankPage(view, action)} target="_top">
          {words.notShown}
        </a>
        <LeaveBank action={action} />
      </div>
    </dialog>
  );
}

/**
 * Leaves the issuer's question unanswered: the customer would rather pay another way, or with another card where there
 * is none.
 */
function LeaveBank({ action }: { action: BankAction }) {
  const { view, texts } = usePay();
  const hasOther = possibleSteps(view, "card_not_authenticated").includes("another_way");
  return <GoOn action={action} quiet words={hasOther ? texts.challenge.anotherWay : texts.challenge.anotherCard} />;
}

/** Goes on without what the issuer wanted: nothing can be charged any more, or it decides by itself. */
function GoOn({ action, quiet, words }: { action: BankAction; quiet: boolean; words: string }) {
  return (
    <PayForm to="continue">
      <input type="hidden" name="action" value={action.id} autocomplete="off" />
      <input type="hidden" name="executed" value="false" autocomplete="off" />
      <Submit look={quiet ? "quiet" : "plain"}>{words}</Submit>
    </PayForm>
  );
}

/** Our page that leads to the issuer's, as a page of its own: in place of the shop's, where ours is inside that one. */
function bankPage({ path, embedded }: PayView, { id }: BankAction): string {
  return `${embedded?.full ?? path}/bank?action=${encodeURIComponent(id)}`;
}
