import { addDays, addMonths } from "@caravela/platform/lisbon";
import { httpProblems } from "@caravela/platform/problems";
import {
  type JournalLine,
  type Listed,
  type Mandate,
  type Payment,
  type Plan,
  type PlanInView,
  renderSubscription,
  renderSubscriptionAction,
  renderSubscriptions,
  type SubscriptionActionKind,
  type Task,
} from "@caravela/web/dashboard";
import { type FormFields, textOf } from "../../pages/form-fields.ts";
import { addCallForm, type Read } from "../call-form.ts";
import { amountIn } from "../forms.ts";
import type { Screens } from "../room.ts";
import { filterOf, type Visit } from "../visit.ts";
import { NONE, segment } from "./payment.ts";

const PATH = "/dashboard/subscriptions";
const AT = `${PATH}/:id`;

/** What of the address is handed on to the API, by its own names. */
const FILTERS = [
  "status",
  "customer",
  "reference",
  "amount",
  "created_from",
  "created_to",
  "paid_from",
  "paid_to",
  "terminal",
  "attention",
  "in_doubt",
];

/** So much of a calendar is shown, of what was charged and of what is to come. */
const SHOWN_CHARGED = 12;
const SHOWN_LATER = 5;

/** So many charges of all plans together are asked for: what is older is seen in the list of payments. */
const MOST_CHARGES = 100;

/** The authorised payments: their list, the page of each, and what is done with them and their plans. */
export function subscriptionScreens(screens: Screens): void {
  screens.show(PATH, async ({ ask, query, mustHave, shell }) => {
    mustHave("listMandates");
    const filter = filterOf(query, FILTERS);
    // `q` stands for the search of payments, on every screen
    const { words = "", after } = query;
    const page = await ask.page<Mandate>("/v1/mandates", { ...filter, q: words }, after);
    const live = after === undefined ? "/dashboard/live/subscriptions" : null;
    return renderSubscriptions(await shell(), { page, filter: { ...filter, words }, live });
  });

  screens.show(AT, async (visit) => {
    const { ask, may, query, params, shell } = visit;
    const mandate = await mandateOf(visit);
    const [journal, tasks, charged] = await Promise.all([
      ask.get<Listed<JournalLine>>(`/v1/mandates/${segment(params.id ?? "")}/journal`),
      may("listTasks") ? ask.all<Task>("/v1/tasks", { subject: mandate.id }) : NONE,
      chargesOf(visit, mandate),
    ]);
    return renderSubscription(await shell(), {
      mandate,
      plans: mandate.plans.toReversed().map((plan) => withCalendar(plan, charged)),
      journal: journal.data,
      tasks,
      done: query.done ?? null,
      live: `/dashboard/live/subscriptions/${segment(params.id ?? "")}`,
    });
  });

  for (const action of ACTIONS) addAction(screens, action);
}

/** The mandate that an address names. */
function mandateOf({ ask, params: { id = "" } }: Visit): Promise<Mandate> {
  return ask.get<Mandate>(`/v1/mandates/${segment(id)}`);
}

/** The newest payments of a mandate, whichever of its plans charged them: one question for all of its plans. */
async function chargesOf({ ask }: Visit, { id, plans }: Mandate): Promise<readonly Payment[]> {
  if (plans.every(({ charged }) => charged === 0)) return [];
  return (await ask.newest<Payment>("/v1/payments", { mandate: id }, MOST_CHARGES)).data;
}

/** A plan with those of them that it charged. */
function withCalendar(plan: Plan, charges: readonly Payment[]): PlanInView {
  const charged = charges.filter((payment) => payment.plan?.id === plan.id).slice(0, SHOWN_CHARGED);
  return { plan, charged, later: laterOf(plan) };
}

/** The charges after the next one: every date is reckoned from the first. */
function laterOf({ nextCharge, every, firstDate, endDate }: Plan): PlanInView["later"] {
  if (nextCharge === null) return [];
  const dateOf = (period: number) =>
    every === "month" ? addMonths(firstDate, period - 1) : addDays(firstDate, (period - 1) * every.days);
  const periods = Array.from({ length: SHOWN_LATER }, (_, index) => nextCharge.period + 1 + index);
  const all = periods.map((period) => ({ period, date: dateOf(period) }));
  return all.filter(({ date }) => endDate === null || date <= endDate);
}

/** One thing that a person does: which call of the API it is, and what is typed for it. */
interface Action {
  readonly kind: SubscriptionActionKind;
  /** The operation of the API. */
  readonly needs: string;
  /** The last part of the call. */
  readonly call: string;
  /** What the call is sent, and what is wrong with what was typed; absent: it is sent nothing. */
  readonly read?: (fields: FormFields) => Read;
}

const ACTIONS: readonly Action[] = [
  { kind: "cancel", needs: "cancelMandate", call: "cancel" },
  { kind: "pause", needs: "pausePlan", call: "pause" },
  { kind: "resume", needs: "resumePlan", call: "resume" },
  // the charge that was shown, and no other: it may be made meanwhile
  {
    kind: "skip",
    needs: "skipCharge",
    call: "skip",
    read: (fields) => ({ body: { period: Number(textOf(fields, "period")) } }),
  },
  { kind: "amount", needs: "changePlanAmount", call: "amount", read: readAmount },
  { kind: "end", needs: "cancelPlan", call: "cancel" },
];

function readAmount(fields: FormFields): Read {
  const amount = amountIn(fields, "amount");
  return typeof amount === "number" ? { body: { amount } } : { body: null, faults: { amount } };
}

function addAction(screens: Screens, { kind, needs, call, read = () => ({ body: null }) }: Action): void {
  addCallForm<{ readonly mandate: Mandate; readonly plan: Plan | null }, unknown>(screens, {
    at: kind === "cancel" ? `${AT}/cancel` : `${AT}/plans/:plan/${kind}`,
    needs,
    about: async (visit) => {
      const mandate = await mandateOf(visit);
      return { mandate, plan: planOf(visit, mandate) };
    },
    read,
    call: ({ ask }, { about: { mandate, plan }, body, key }) =>
      ask.post(`${plan === null ? `/v1/mandates/${mandate.id}` : `/v1/plans/${plan.id}`}/${call}`, body, key),
    draw: async ({ shell }, about, form) => renderSubscriptionAction(await shell(), { kind, ...about, form }),
    done: (_visit, _done, { mandate }) => ({ to: `${PATH}/${mandate.id}?done=${kind}` }),
  });
}

/** The plan that an address names; null: it names none. @throws Problem 404 where it is none of this mandate's. */
function planOf({ params: { plan } }: Visit, { plans }: Mandate): Plan | null {
  if (plan === undefined) return null;
  const found = plans.find(({ id }) => id === plan);
  if (found === undefined) throw httpProblems.notFound();
  return found;
}
