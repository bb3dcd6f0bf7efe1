/** How a payment stands, as `<caravela-pay>` tells it. */
interface CaravelaPayDetail {
  /** The payment's id. */
  payment: string;
  status: "pending" | "authorized" | "paid" | "canceled" | "expired";
}

type CaravelaPayEvent = CustomEvent<CaravelaPayDetail>;

interface HTMLElementTagNameMap {
  "caravela-pay": HTMLElement;
}

interface HTMLElementEventMap {
  paid: CaravelaPayEvent;
  pending: CaravelaPayEvent;
  canceled: CaravelaPayEvent;
}
