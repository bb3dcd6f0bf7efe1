import type { VNode } from "preact";
import { day } from "../parts/day.ts";
import { euros } from "../parts/euros.ts";
import { CheckIcon, ClockIcon, CrossIcon } from "../parts/icons.tsx";
import { Confetti } from "./scenery.tsx";
import type { PhoneTexts } from "./texts.ts";
import type { PhoneAnswer, PhoneView } from "./view.ts";

/** What came of the answer just given. */
export function Answered({ answer, view, texts }: { answer: PhoneAnswer; view: PhoneView; texts: PhoneTexts }) {
  switch (answer.outcome) {
    case "too_late":
      return <Verdict icon={<ClockIcon />} tone="late" title={texts.tooLate} why={texts.tooLateWhy} />;
    case "declined":
      return <Verdict icon={<CrossIcon />} tone="no" title={texts.declined} why={texts.declinedWhy(answer.merchant)} />;
    case "approved": {
      const why = texts.approvedWhy(euros(answer.amount, view.lang), answer.merchant);
      return <Joy title={texts.approved} why={why} />;
    }
    case "authorised": {
      const upTo = texts.upTo[answer.type](euros(answer.limit, view.lang));
      const why = texts.authorisedWhy(answer.merchant, upTo, day(answer.validUntil, view.lang));
      return <Joy title={texts.authorised} why={why} />;
    }
  }
}

function Joy({ title, why }: { title: string; why: string }) {
  return (
    <>
      <Confetti />
      <Verdict icon={<CheckIcon />} tone="yes" title={title} why={why} />
    </>
  );
}

function Verdict({ icon, tone, title, why }: { icon: VNode; tone: string; title: string; why: string }) {
  return (
    <div class={`verdict ${tone}`} role="status">
      <span class="stamp">{icon}</span>
      <p class="sum">{title}</p>
      <p>{why}</p>
    </div>
  );
}
