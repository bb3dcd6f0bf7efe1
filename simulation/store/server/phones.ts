import { microseconds } from "../columns.ts";
import { type Statement, touched } from "../database.ts";

interface Asked {
  readonly id: string;
  readonly at: string;
}

/** What an attempt, or a mandate, tells of whether its phone was asked for nothing. */
interface Stood {
  readonly id: string;
  readonly status?: unknown;
  readonly failure?: { readonly reason?: unknown } | null;
  readonly method?: unknown;
  readonly endedAt?: unknown;
  readonly phone?: unknown;
  readonly activatedAt?: unknown;
  readonly attempts?: readonly Stood[];
}

const NEVER_RANG: readonly unknown[] = ["unknown_phone", "invalid_phone", "not_sent"];

/** What each phone was asked. */
export const phoneStatements: Readonly<Record<string, Statement>> = {
  "phone-request": (tables, [phone, request, at, since, most]) => {
    const one = JSON.parse(String(request));
    const kept = tables
      .of("caravela.phone_request")
      .upsert({ phone, asked: [one], last_at: at }, "phone_request_pkey", ({ asked }) => {
        const lately = askedIn(asked).filter((earlier) => microseconds(earlier.at) > microseconds(since));
        return lately.length < Number(most) ? { asked: [...lately, one], last_at: at } : null;
      });
    return touched(kept === null ? 0 : 1);
  },

  "phone-asked": (tables, [phone]) => {
    const row = tables.of("caravela.phone_request").get(String(phone));
    return row === undefined ? [] : [{ asked: askedIn(row.asked) }];
  },

  "phone-forget": (tables, [phone, ids]) => {
    const row = tables.of("caravela.phone_request").get(String(phone));
    if (row === undefined) return touched(0);
    const left = askedIn(row.asked).filter(({ id }) => !(ids as readonly string[]).includes(id));
    tables.of("caravela.phone_request").update(row, { asked: left });
    return touched(1);
  },

  "phone-harmless": (tables, [subjects]) => {
    const states = (table: string) =>
      [...new Set(subjects as readonly string[])]
        .map((id) => tables.of(table).get(id))
        .filter((row) => row !== undefined)
        .map(({ id, state }): Stood => ({ ...JSON.parse(String(state)), id }));
    const attempts = states("caravela.payment").flatMap((payment) => payment.attempts ?? []);
    return [
      ...attempts.filter(isHarmlessAttempt),
      ...states("caravela.mandate").filter((one) => one.activatedAt != null || hasNeverRung(one)),
    ].map(({ id }) => ({ id }));
  },
};

const askedIn = (asked: unknown): readonly Asked[] => JSON.parse(String(asked));

const hasNeverRung = ({ failure }: Stood): boolean => NEVER_RANG.includes(failure?.reason);

function isHarmlessAttempt(attempt: Stood): boolean {
  const { status, method, endedAt, phone } = attempt;
  return status === "approved" || hasNeverRung(attempt) || (method === "mandate" && endedAt != null && phone == null);
}
