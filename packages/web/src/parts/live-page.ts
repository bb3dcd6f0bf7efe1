import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Pace, type PageView, useLiveView } from "./live.ts";
import type { Page } from "./page-context.ts";
import { useSender } from "./send.ts";
import type { PageTexts } from "./texts.pt.ts";
import { takeWasAtBank } from "./was-at-bank.ts";

/** A page that follows along, and how it is doing. */
export interface LivePage<View extends PageView, Texts extends PageTexts> {
  page: Page<View, Texts>;
  /** Takes a view from elsewhere. */
  accept(view: View): void;
  /** Whether the last look found the server. */
  online: boolean;
  /** Whether the last form did not get through. */
  failed: boolean;
  /** What was said last to those who listen. */
  spoken: string;
}

export interface Ways<View extends PageView, Texts extends PageTexts> {
  paceOf: Pace<View>;
  /** What the browser's tab says. */
  titleOf(view: View, texts: Texts): string;
  /** Where the customer stands, by one word: with a new one the focus goes there. The kind of screen unless said. */
  placeOf?(view: View): string;
}

/** Makes a page live, from the view that it was drawn from. */
export function useLivePage<View extends PageView, Texts extends PageTexts>(
  first: View,
  texts: Texts,
  { paceOf, titleOf, placeOf = ({ screen }) => screen.kind }: Ways<View, Texts>,
): LivePage<View, Texts> {
  const { view: newest, accept, look, online } = useLiveView(first, paceOf);
  const acceptAnswer = useCallback((answer: View) => accept(answer, true), [accept]);
  const { sending, slow, failed, send } = useSender(acceptAnswer, first.lang);
  const view = useHeldWhile(sending !== null, newest);
  const [spoken, announce] = useState("");
  const [staying, setStaying] = useState(false);
  const stay = useCallback(() => setStaying(true), []);
  const page = useMemo<Page<View, Texts>>(
    () => ({ view, texts, sending, slow, send, look, announce, staying, stay }),
    [view, texts, sending, slow, send, look, staying, stay],
  );
  useFocusOnChange(placeOf(view), titleOf(view, texts), announce);
  useStayUnlessChanged(first, stay, look);
  return { page, accept, online, failed, spoken };
}

/**
 * The newest value, but while something is on its way the one before: steps in between, a moment each, would only
 * flicker.
 */
function useHeldWhile<Value>(held: boolean, newest: Value): Value {
  const shown = useRef(newest);
  if (!held) shown.current = newest;
  return shown.current;
}

/**
 * When the screen changes, its title takes the focus, so that those who listen hear it and the keyboard goes on from
 * there; or the field that is at fault, ready to be typed anew, and the title is said.
 */
function useFocusOnChange(place: string, title: string, announce: (words: string) => void): void {
  const shown = useRef(place);
  useEffect(() => {
    document.title = title;
    if (shown.current === place) return;
    shown.current = place;
    const atFault = document.querySelector<HTMLInputElement>("main .field input[autofocus]");
    if (atFault === null) return document.getElementById("title")?.focus();
    atFault.focus();
    atFault.select();
    announce(title);
  }, [place, title, announce]);
}

/**
 * Only a page that was there when all ended well goes back to the shop: whoever opens it later, loads it again, or
 * comes back from the shop by the browser's button wants to see it. Whoever was at the bank on the way was there as
 * well.
 */
function useStayUnlessChanged({ path, screen }: PageView, stay: () => void, look: () => Promise<void>): void {
  // As it was opened: what comes later is a change.
  const opened = useRef({ path, screen });
  useEffect(() => {
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const wasAtBank = takeWasAtBank(opened.current.path);
    const { returnAfterSeconds } = opened.current.screen;
    if (navigation?.type === "back_forward" || (returnAfterSeconds === null && !wasAtBank)) stay();
    else if (returnAfterSeconds === null) look();
  }, [stay, look]);
}
