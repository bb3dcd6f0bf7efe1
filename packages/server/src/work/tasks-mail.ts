import type { Clock } from "@caravela/platform/clock";
import { addDays, lisbonDate, lisbonTime } from "@caravela/platform/lisbon";
import type { Log } from "@caravela/platform/log";
import { MINUTE } from "../domain/time.ts";
import type { Lists } from "../storage/unlisted.ts";
import { tasksMail } from "../tasks/mail.ts";
import type { TasksMailSettings } from "../tasks/mail-settings.ts";
import { openTasks } from "../tasks/open.ts";
import { mailErrorCode, type SendsMail } from "../tasks/smtp.ts";

/** At which hour of Lisbon's it is sent. */
const HOUR_OF_DAY = 8;
/** When it could not be sent, it is tried again after so long, until the day is over. */
const AGAIN_AFTER = 10 * MINUTE;
/** Whoever reads it is nobody in particular. */
const ALL = { terminal: null, mayReadEvents: true, person: null, subject: null };
/** So many tasks are told of. */
const MOST = 50;

interface MailsTasks {
  readonly lists: Lists;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Omit<TasksMailSettings, "smtpUrl">;
  readonly send: SendsMail;
  /** Where the server is, once it listens. */
  readonly own: { readonly publicUrl: string };
}

/** When the first is sent: at the hour that comes next. */
export function firstMailAt(now: Date): Date {
  const today = lisbonTime(lisbonDate(now), HOUR_OF_DAY);
  return today > now.getTime() ? new Date(today) : onTheDayAfter(now);
}

/**
 * Sends what needs a person by e-mail, where there is anything. Gives when that is to be done next: on the day after,
 * so that there is one a day at most, or soon where it could not be sent.
 */
export async function mailTasks({ lists, clock, log, settings, send, own }: MailsTasks): Promise<Date> {
  const now = clock.now();
  const { from, to, lang } = settings;
  const tasks = await openTasks(lists, { ...ALL, now }, { limit: MOST });
  if (tasks.data.length > 0) {
    const mail = tasksMail(tasks, { lang, url: own.publicUrl });
    const messageId = `<tasks.${lisbonDate(now)}@${from.split("@").at(-1)}>`;
    try {
      await send({ ...mail, from, to, date: now, messageId });
    } catch (error) {
      log.warn({ code: mailErrorCode(error) }, "the e-mail about what needs a person was not taken; it is sent again");
      const soon = new Date(now.getTime() + AGAIN_AFTER);
      return lisbonDate(soon) === lisbonDate(now) ? soon : onTheDayAfter(now);
    }
  }
  return onTheDayAfter(now);
}

function onTheDayAfter(now: Date): Date {
  return new Date(lisbonTime(addDays(lisbonDate(now), 1), HOUR_OF_DAY));
}
