<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** What an order knows of its payments, kept with the order by WooCommerce's own object. */
final class Book {
    private const PAYMENTS = '_caravela_payments';
    private const PAYMENTS_REFUSED = '_caravela_payments_refused';
    private const PAID_BY = '_caravela_paid_by';
    private const TOLD = '_caravela_told';
    private const EVENTS = '_caravela_events';
    private const REFUNDS = '_caravela_refunds';
    private const ASKED_REFUND = '_caravela_asked_refund';
    private const MOST_EVENTS = 100;

    /** @var \WC_Order */
    private $order;

    public function __construct(\WC_Order $order) {
        $this->order = $order;
    }

    /** The payments that were asked for this order, the newest last. */
    public function payments(): array {
        return $this->list(self::PAYMENTS);
    }

    public function newest(): ?string {
        $payments = $this->payments();
        return $payments === [] ? null : $payments[count($payments) - 1];
    }

    public function paidBy(): ?string {
        $id = $this->order->get_meta(self::PAID_BY);
        return is_string($id) && $id !== '' ? $id : null;
    }

    public function addPayment(string $id): void {
        if (in_array($id, $this->payments(), true)) return;
        $this->keep(self::PAYMENTS, array_merge($this->payments(), [$id]));
    }

    /** How many payments were refused for good, by the keys that they were asked with. */
    public function paymentsRefused(): int {
        return (int) $this->order->get_meta(self::PAYMENTS_REFUSED);
    }

    /** The server keeps its refusal: what it was refused for may be mended, and the next one has a key of its own. */
    public function paymentRefused(): void {
        $this->keep(self::PAYMENTS_REFUSED, $this->paymentsRefused() + 1);
    }

    /** Kept when the order is saved next: together with what becomes of it, or not at all. */
    public function isPaidBy(string $id): void {
        $this->order->update_meta_data(self::PAID_BY, $id);
    }

    public function hasTaken(string $event): bool {
        return in_array($event, $this->list(self::EVENTS), true);
    }

    public function take(string $event): void {
        $this->keep(self::EVENTS, array_slice(array_merge($this->list(self::EVENTS), [$event]), -self::MOST_EVENTS));
    }

    /** Whether this is to be told; from then on it was. */
    public function tellOnce(string $what): bool {
        if (in_array($what, $this->list(self::TOLD), true)) return false;
        $this->keep(self::TOLD, array_merge($this->list(self::TOLD), [$what]));
        return true;
    }

    /** How many refunds were asked for and answered: two presses of the same moment find the same number. */
    public function refundsAnswered(): int {
        return count($this->list(self::REFUNDS));
    }

    public function knowsRefund(string $id): bool {
        return in_array($id, $this->list(self::REFUNDS), true);
    }

    /** The refund that was asked for and not answered yet: `key`, `cents`, and `at`, when. */
    public function askedRefund(): ?array {
        $asked = $this->order->get_meta(self::ASKED_REFUND);
        return is_array($asked) ? $asked : null;
    }

    /** Written down before it is sent, so that whoever presses again asks for the same. */
    public function askRefund(string $key, int $cents): void {
        $this->keep(self::ASKED_REFUND, ['key' => $key, 'cents' => $cents, 'at' => time()]);
    }

    /** It was answered. @param string|null $id of the refund; null: there is none, and by its key never will be */
    public function refundAnswered(?string $id): void {
        $this->order->update_meta_data(self::REFUNDS, array_merge($this->list(self::REFUNDS), [$id]));
        $this->forgetRefund();
    }

    /** Nothing came of asking: the next one is asked for by the same key. */
    public function forgetRefund(): void {
        $this->order->delete_meta_data(self::ASKED_REFUND);
        $this->order->save();
    }

    private function list(string $name): array {
        $list = $this->order->get_meta($name);
        return is_array($list) ? $list : [];
    }

    /** @param mixed $value */
    private function keep(string $name, $value): void {
        $this->order->update_meta_data($name, $value);
        $this->order->save();
    }
}
