import type { ComponentChildren } from "preact";
import { useSecondsLeft } from "../parts/countdown.ts";
import { Counted } from "../parts/counted.tsx";
import { euros } from "../parts/euros.ts";
import { CheckIcon, ClockIcon, CrossIcon } from "../parts/icons.tsx";
import { minutes } from "../parts/minutes.ts";
import { Terms } from "./terms.tsx";
import type { PhoneTexts } from "./texts.ts";
import type { MandateRequest, PhoneRequest, PhoneView, PurchaseRequest } from "./view.ts";

interface RequestProps<Asked = PhoneRequest> {
  request: Asked;
  view: PhoneView;
  texts: PhoneTexts;
}

/** What waits for an answer, with the time that is left to give it. */
export function Request({ request, view, texts }: RequestProps) {
  return (
    <form class="request" method="post" action="/phone/approve" noValidate>
      <input type="hidden" name="alias" value={view.alias ?? ""} />
      <input type="hidden" name="id" value={request.id} />
      {request.kind === "mandate" ? (
        <MandateAsked request={request} view={view} texts={texts} />
      ) : (
        <PurchaseAsked request={request} view={view} texts={texts} />
      )}
      <Left request={request} view={view} texts={texts} />
      <div class="answers">
        <button type="submit" class="decline" formAction="/phone/decline">
          <CrossIcon />
          {texts.decline}
        </button>
        <button type="submit" class="approve">
          <CheckIcon />
          {texts.approve}
        </button>
      </div>
    </form>
  );
}

function PurchaseAsked({ request, view, texts }: RequestProps<PurchaseRequest>) {
  return (
    <>
      <Asks request={request}>{texts.asks}</Asks>
      <p class="sum">{euros(request.amount, view.lang)}</p>
      {request.description !== null && <p class="what">{request.description}</p>}
    </>
  );
}

function MandateAsked({ request, view, texts }: RequestProps<MandateRequest>) {
  return (
    <>
      <Asks request={request}>{texts.asksMandate}</Asks>
      <p class="cause">{request.description ?? texts.types[request.type]}</p>
      <p class="what">
        {request.description !== null && <strong>{texts.types[request.type]}. </strong>}
        {texts.meaning[request.type]}
      </p>
      <p class="what">{texts.inTheNameOf(request.customerName)}</p>
      <Terms id={request.id} type={request.type} terms={request.terms} view={view} texts={texts} />
    </>
  );
}

function Asks({ request, children }: { request: PhoneRequest; children: ComponentChildren }) {
  return (
    <p>
      <strong>{request.merchant}</strong> {children}
    </p>
  );
}

function Left({ request, view, texts }: RequestProps) {
  const left = useSecondsLeft(request.secondsLeft, view);
  return (
    <p class={left <= 60 ? "left hurry" : "left"} role="timer">
      <ClockIcon />
      <Counted text={texts.left(minutes(left))} isWords />
    </p>
  );
}
