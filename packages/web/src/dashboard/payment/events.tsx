import { PressForm } from "../parts/forms.tsx";
import { AndMore } from "../parts/more.tsx";
import { Card, Pill, When } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { paymentTexts } from "./texts.ts";
import type { PaymentView } from "./view.ts";

/** What the shop was told, and whether it arrived. */
export function Events({ view }: { view: PaymentView }) {
  const { say, may } = useDesk();
  const texts = say(paymentTexts);
  const { events, payment, key } = view;
  if (events === null) return null;
  const at = `/dashboard/payments/${payment.id}`;
  return (
    <Card id="events" title={texts.events}>
      {events.all.data.length === 0 && <p class="hint">{texts.noEvents}</p>}
      <ul class="events">
        {events.all.data.map(({ id, type, timestamp, undelivered }) => (
          <li key={id}>
            <p class="try">
              <a href={`${at}?event=${id}#events`}>
                <code>{type}</code>
              </a>
              <When at={timestamp} />
              {undelivered && <Pill tone="warn">{texts.undelivered}</Pill>}
            </p>
            {events.shown?.id === id && <Deliveries view={view} />}
            {may("resendEvent") && (undelivered || events.shown?.id === id) && (
              <PressForm to={`${at}/events/${id}/resend`} formKey={`${key}-${id}`}>
                {texts.resend}
              </PressForm>
            )}
          </li>
        ))}
      </ul>
      <AndMore of={events.all} to={`/dashboard/developers/events?payment=${payment.id}`} />
    </Card>
  );
}

/** Every try to deliver the event that was asked for. */
function Deliveries({ view: { events } }: { view: PaymentView }) {
  const texts = useDesk().say(paymentTexts);
  const deliveries = events?.shown?.deliveries ?? [];
  if (deliveries.length === 0) return <p class="hint">{texts.noDeliveries}</p>;
  return (
    <ul class="deliveries" aria-label={texts.deliveries}>
      {deliveries.map(({ endpoint, at, status, ms }) => (
        <li key={endpoint + at}>
          <When at={at} /> · {status === null ? texts.noAnswer : `HTTP ${status}`} · {ms} ms · <code>{endpoint}</code>
        </li>
      ))}
    </ul>
  );
}
