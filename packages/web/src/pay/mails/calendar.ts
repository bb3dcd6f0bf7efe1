import { ICalAlarmType, ICalCalendar, ICalEventTransparency } from "ical-generator";
import { euros } from "../../parts/euros.ts";
import { inOneText, referenceRows } from "../receipt/lines.ts";
import type { Texts } from "../texts.pt.ts";
import type { PayView, ScreenOf } from "../view.ts";
import { mailTexts } from "./all-texts.ts";

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** When it is written, and under which name a calendar knows it. */
export interface Written {
  /** The same for the same reference, so that a calendar which is given it twice has it once. */
  readonly uid: string;
  readonly now: Date;
}

/**
 * A reference for the customer's calendar: its end, with all that is needed to pay it, and a reminder the day before;
 * of one that ends sooner an hour before. Nothing in it leads to the page.
 */
export function referenceCalendar(
  screen: ScreenOf<"reference">,
  view: PayView,
  texts: Texts,
  { uid, now }: Written,
): string {
  const words = mailTexts[view.lang].reference;
  const end = new Date(screen.endsAt);
  const before = screen.secondsLeft > DAY_S ? DAY_S : HOUR_S;
  const calendar = new ICalCalendar({ prodId: { company: "Caravela", product: "Caravela", language: view.lang } });
  const event = calendar.createEvent({
    id: uid,
    stamp: now,
    // It takes no time: RFC 5545 has no end for that (3.6.1).
    start: end,
    summary: words.event(euros(view.amount, view.lang), view.shop.name),
    description: [inOneText(referenceRows(screen, view, texts)), texts.reference.how].join("\n\n"),
    transparency: ICalEventTransparency.TRANSPARENT,
  });
  if (screen.secondsLeft > before) {
    const description = words.reminder(view.shop.name);
    event.createAlarm({ type: ICalAlarmType.display, trigger: before, description });
  }
  return `${calendar.toString()}\r\n`;
}
