<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** Where the payments server posts its events: `/wc-api/caravela`, or `/?wc-api=caravela`. */
final class Endpoint {
    /** @var Client */
    private $client;
    /** @var string */
    private $secret;
    /** @var string */
    private $shop;

    public function __construct(Client $client, string $secret, string $shop) {
        $this->client = $client;
        $this->secret = $secret;
        $this->shop = $shop;
    }

    /** Answers the request that is under way, and ends it. */
    public function answer(): void {
        $headers = [];
        foreach (['webhook-id', 'webhook-timestamp', 'webhook-signature'] as $name) {
            $headers[$name] = $_SERVER['HTTP_' . strtoupper(str_replace('-', '_', $name))] ?? null;
        }
        status_header($this->take((string) file_get_contents('php://input'), $headers, time()));
        exit;
    }

    /**
     * Takes an event, and gives the status to answer with. Any 2xx means that it was taken; after anything else, and
     * when this throws, the event comes again, for three days.
     */
    public function take(string $body, array $headers, int $now): int {
        $event = Event::verified($body, $headers, $this->secret, $now);
        if ($event === null) return 401;
        $id = Event::orderOf($event, $this->shop);
        $order = $id === null ? false : wc_get_order($id);
        if (!$order instanceof \WC_Order) return 204;
        $book = new Book($order);
        if ($book->hasTaken($event['id'])) return 204;
        try {
            // the event tells how things were then, and an old one may be sent again: what counts is how they are now
            $this->heed($order, $this->client->payment($event['data']['payment']['id']));
        } catch (\RuntimeException $error) {
            wc_get_logger()->error("order $id: " . $error->getMessage(), ['source' => Gateway::ID]);
            return 503;
        }
        $this->tell($order, $event);
        // only now: had anything failed before, it has to come again
        $book->take($event['id']);
        return 204;
    }

    /**
     * Does what is to be done about an order when its payment stands as it does.
     *
     * @throws \RuntimeException where the order could not be completed: nothing is kept, so that it can be done again
     */
    public function heed(\WC_Order $order, array $payment): void {
        $book = new Book($order);
        $id = (string) $payment['id'];
        $judgement = Judgement::of($payment, [
            'payments' => $book->payments(),
            'paidBy' => $book->paidBy(),
            'isPaid' => $order->is_paid(),
            'cents' => Amount::cents(wc_format_decimal($order->get_total(), 2)),
            'status' => $order->get_status(),
        ]);
        switch ($judgement) {
            case Judgement::COMPLETE:
                $book->isPaidBy($id);
                if (!$order->payment_complete($id)) throw new \RuntimeException("WooCommerce did not complete it by $id");
                $order->save();
                break;
            case Judgement::DIFFERS:
                // not as the note of a change of status: an order that waits for a reference is on hold already
                $order->add_order_note(sprintf(__('%1$s € were paid by %2$s, which is not the total of this order. Do not send it before somebody has looked.', 'caravela-for-woocommerce'), Amount::decimal((int) $payment['amountCaptured']), $id));
                $book->isPaidBy($id);
                $order->update_status('on-hold');
                break;
            case Judgement::PAID_TWICE:
                if (!$book->tellOnce("$judgement $id")) break;
                $order->add_order_note(sprintf(__('This order was paid already, and now by %s too. Somebody must look, and give one of the two back.', 'caravela-for-woocommerce'), $id));
                break;
            case Judgement::UNKNOWN:
                if ($payment['status'] !== 'paid' || !$book->tellOnce("$judgement $id")) break;
                $order->add_order_note(sprintf(__('The payment %s names this order, but was not asked for by it. Nothing was changed: somebody must look.', 'caravela-for-woocommerce'), $id));
                break;
            case Judgement::AWAIT:
                $order->update_status('on-hold', __('The customer has a Multibanco reference to pay.', 'caravela-for-woocommerce'));
                break;
            case Judgement::REOPEN:
                $order->update_status('pending', __('The reference was left unpaid. The customer may try again.', 'caravela-for-woocommerce'));
                break;
            case Judgement::FAIL:
                $order->update_status('failed', __('The payment ended unpaid.', 'caravela-for-woocommerce'));
                break;
        }
    }

    /** What a person who looks at the order has to know, and no status says. */
    private function tell(\WC_Order $order, array $event): void {
        $refund = $event['data']['refund'] ?? null;
        $notes = [
            'payment.attention' => __('Caravela asks for a person to look at the payment of this order: open the dashboard.', 'caravela-for-woocommerce'),
            'refund.failed' => __('%1$s € were not given back (%2$s). Delete the refund in this order, and give it back again or by another way.', 'caravela-for-woocommerce'),
            'refund.in_doubt' => __('For a day SIBS has not said whether %1$s € were given back (%2$s). Do not give it back again: look at it in the dashboard.', 'caravela-for-woocommerce'),
        ];
        $note = $notes[$event['type']] ?? null;
        if ($event['type'] === 'refund.succeeded' && !$this->isOurs(new Book($order), $refund)) {
            $note = __('%1$s € were given back outside WooCommerce (%2$s).', 'caravela-for-woocommerce');
        }
        if ($note === null) return;
        $order->add_order_note(is_array($refund) ? sprintf($note, Amount::decimal((int) $refund['amount']), $refund['id']) : $note);
    }

    /** Asked for here: also where its answer has not arrived yet. */
    private function isOurs(Book $book, array $refund): bool {
        $asked = $book->askedRefund();
        return $book->knowsRefund((string) $refund['id']) || ($asked !== null && $asked['cents'] === $refund['amount']);
    }
}
