import { useEffect } from "preact/hooks";
import { useSecondsLeft } from "./countdown.ts";
import { Counted } from "./counted.tsx";
import { ArrowBackIcon } from "./icons.tsx";
import { usePage } from "./page-context.ts";

/** Says that the page goes back to the shop, lets it be stopped, and goes. @param seconds null where it stays. */
export function Returning({ seconds }: { seconds: number | null }) {
  const { view, staying } = usePage();
  if (view.returnUrl === null || seconds === null || staying) return null;
  return <GoingBack url={view.returnUrl} seconds={seconds} />;
}

function GoingBack({ url, seconds }: { url: string; seconds: number }) {
  const { view, texts, stay, announce } = usePage();
  const left = useSecondsLeft(seconds, view.screen);
  useEffect(() => announce(texts.returning(seconds)), [announce, texts, seconds]);
  useEffect(() => {
    if (left > 0) return;
    // The browser may keep this page as it is for its back button.
    stay();
    location.assign(url);
  }, [left, url, stay]);
  return (
    <p class="note returning">
      <Counted text={texts.returning(left)} isWords />{" "}
      <a
        href={`${view.path}?stay`}
        onClick={(event) => {
          event.preventDefault();
          stay();
        }}
      >
        {texts.stay}
      </a>
    </p>
  );
}

/** The way back as a button, where it is what most people want now: the one that is filled. */
export function WayBack() {
  const { view, texts } = usePage();
  if (view.back === null) return null;
  return (
    <a class="button on-screen" href={view.back}>
      {texts.backToShop}
    </a>
  );
}

/** The way back on every screen, above all else. */
export function WayBackAbove() {
  const { view, texts } = usePage();
  if (view.back === null) return null;
  return (
    <a class="way-back on-screen" href={view.back}>
      <ArrowBackIcon />
      <span>{texts.backTo(view.shop.name)}</span>
    </a>
  );
}
