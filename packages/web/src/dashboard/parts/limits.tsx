import { euros, typedEuros } from "../../parts/euros.ts";
import type { ApiKey } from "../api/developers.ts";
import type { Me, Operator } from "../api/people.ts";
import { useDesk } from "../shell/desk.ts";
import { inBoth } from "../texts.ts";
import { Field, type FormView } from "./forms.tsx";
import { Fact, Money, moneyOf } from "./shown.tsx";

/** What somebody may move of a payment's money up to a limit of their own, by the names of the API. */
export const LIMITS = ["refundLimit", "captureLimit"] as const;

type Limit = (typeof LIMITS)[number];
type Limits = Record<Limit, number | null>;

/** By which call each is moved, which keys may make it, and what is left of it today. */
const MOVED_BY = {
  refundLimit: { operation: "refundPayment", scope: "refunds:write", today: "refundableToday" },
  captureLimit: { operation: "capturePayment", scope: "payments:write", today: "capturableToday" },
} as const satisfies Record<Limit, { operation: string; scope: string; today: keyof Me }>;

/** The colleagues who move a payment's money at all: of the others no limit says anything. */
export const MOVERS: readonly Operator["role"][] = ["refunder", "owner"];

const limitTexts = inBoth(
  {
    refundLimit: {
      name: "Limite de reembolsos",
      hint: "O máximo que pode ser reembolsado de um pagamento, e ao todo num dia. Vazio: sem limite.",
      perPayment: (amount: string) => `${amount} por pagamento, no conjunto dos reembolsos.`,
      left: "Ainda pode reembolsar hoje",
      today: (amount: string) => `Hoje ainda pode reembolsar ${amount}.`,
    },
    captureLimit: {
      name: "Limite ao receber",
      hint: "O máximo que pode ser recebido do que está cativo num pagamento, e ao todo num dia. Vazio: sem limite.",
      perPayment: (amount: string) => `${amount} por pagamento, em tudo o que se recebe dele.`,
      left: "Ainda pode receber hoje",
      today: (amount: string) => `Hoje ainda pode receber ${amount}.`,
    },
    none: "Sem limite",
    never: "Não pode",
    yours: "O seu limite",
  },
  {
    refundLimit: {
      name: "Limit of refunds",
      hint: "The most that is given back of one payment, and in all within a day. Empty: no limit.",
      perPayment: (amount) => `${amount} of one payment, over all its refunds.`,
      left: "You can still refund today",
      today: (amount) => `Today you can still refund ${amount}.`,
    },
    captureLimit: {
      name: "Limit of captures",
      hint: "The most that is captured of one payment, and in all within a day. Empty: no limit.",
      perPayment: (amount) => `${amount} of one payment, over all its captures.`,
      left: "You can still capture today",
      today: (amount) => `Today you can still capture ${amount}.`,
    },
    none: "No limit",
    never: "May not",
    yours: "Your limit",
  },
);

/** The columns of a table of whoever has limits. */
export function useLimitColumns() {
  const texts = useDesk().say(limitTexts);
  return LIMITS.map((key) => ({ key, label: texts[key].name, kind: "money" as const }));
}

/** The cells of these columns, of a colleague or of a key. */
export function limitCells(whose: Operator | ApiKey) {
  const moves = (limit: Limit) =>
    "role" in whose ? MOVERS.includes(whose.role) : whose.scopes.includes(MOVED_BY[limit].scope);
  return Object.fromEntries(LIMITS.map((limit) => [limit, moves(limit) ? <Most of={whose[limit]} /> : <NotTheirs />]));
}

/** Who moves no such money has no limit, and is not without one. */
function NotTheirs() {
  const { never } = useDesk().say(limitTexts);
  return (
    <>
      <span aria-hidden="true">—</span>
      <span class="heard">{never}</span>
    </>
  );
}

function Most({ of }: { of: number | null }) {
  const texts = useDesk().say(limitTexts);
  return <>{of === null ? texts.none : <Money amount={of} />}</>;
}

/** Where the limits of somebody, or of a key, are typed. @param limits that they have; null: somebody new */
export function LimitFields({ limits, form }: { limits: Limits | null; form: FormView }) {
  const { say, lang } = useDesk();
  const texts = say(limitTexts);
  const typed = (most: number | null) => (most === null ? "" : typedEuros(moneyOf(most), lang));
  return (
    <>
      {LIMITS.map((name) => (
        <Field
          key={name}
          name={name}
          label={texts[name].name}
          hint={texts[name].hint}
          form={form}
          initial={typed(limits?.[name] ?? null)}
          kind="money"
          maxLength={20}
          optional
        />
      ))}
    </>
  );
}

/** How far whoever looks may go with what they may do at all, as facts. */
export function OwnLimits({ me }: { me: Me }) {
  const texts = useDesk().say(limitTexts);
  return (
    <>
      {LIMITS.filter((name) => me.operations.includes(MOVED_BY[name].operation)).map((name) => {
        const left = me[MOVED_BY[name].today];
        return (
          <>
            <Fact name={texts[name].name}>
              <Most of={me[name]} />
            </Fact>
            {left !== null && (
              <Fact name={texts[name].left}>
                <Money amount={left} />
              </Fact>
            )}
          </>
        );
      })}
    </>
  );
}

/** How far whoever looks may go with a payment, where they have a limit. */
export function YourLimit({ of }: { of: Limit }) {
  const { say, lang, me } = useDesk();
  const texts = say(limitTexts);
  const most = me?.[of] ?? null;
  const left = me?.[MOVED_BY[of].today] ?? null;
  if (most === null && left === null) return null;
  const money = (amount: number) => euros(moneyOf(amount), lang);
  return (
    <div>
      <h2>{texts.yours}</h2>
      {most !== null && <p>{texts[of].perPayment(money(most))}</p>}
      {left !== null && <p>{texts[of].today(money(left))}</p>}
    </div>
  );
}
