<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** What is to be done about an order when its payment stands as it does. Knows nothing of WordPress. */
final class Judgement {
    /** The order is paid: goods may be sent. */
    public const COMPLETE = 'complete';
    /** Money was taken, and not what the order is about: a person must look. */
    public const DIFFERS = 'differs';
    /** The order was paid before, by something else: a person must look. */
    public const PAID_TWICE = 'paid_twice';
    /** The payment is none that was asked for this order: a person must look. */
    public const UNKNOWN = 'unknown';
    /** A reference waits to be paid, for days perhaps: the order must not be given up meanwhile. */
    public const AWAIT = 'await';
    /** The customer may try again. */
    public const REOPEN = 'reopen';
    /** The payment is over, unpaid. */
    public const FAIL = 'fail';
    public const NOTHING = 'nothing';

    /**
     * @param array $payment as `GET /v1/payments/{id}` has it
     * @param array $order   `payments`: the ids of all that were asked for it, the newest last; `paidBy`: the one that
     *                       paid it, or null; `isPaid`: in whatever way; `cents`; `status`: as WooCommerce has it
     */
    public static function of(array $payment, array $order): string {
        $id = $payment['id'] ?? null;
        if (!in_array($id, $order['payments'], true)) return self::UNKNOWN;
        if (($payment['status'] ?? null) === 'paid') return self::ofMoney($payment, $order);
        $isNewest = $id === $order['payments'][count($order['payments']) - 1];
        $mayChange = in_array($order['status'], ['pending', 'on-hold'], true);
        if ($order['isPaid'] || !$isNewest || !$mayChange) return self::NOTHING;
        switch ($payment['status'] ?? null) {
            case 'canceled':
            case 'expired':
                return self::FAIL;
            case 'pending':
                return $order['status'] === 'pending' && self::hasReference($payment) ? self::AWAIT : self::NOTHING;
            case 'open':
                return $order['status'] === 'on-hold' ? self::REOPEN : self::NOTHING;
            default:
                return self::NOTHING;
        }
    }

    private static function ofMoney(array $payment, array $order): string {
        if ($order['paidBy'] === $payment['id']) return self::NOTHING;
        if ($order['paidBy'] !== null || $order['isPaid']) return self::PAID_TWICE;
        $isAll = ($payment['currency'] ?? null) === 'EUR' && ($payment['amountCaptured'] ?? null) === $order['cents'];
        return $isAll ? self::COMPLETE : self::DIFFERS;
    }

    /** Also while it is still being asked for: the event of it may be faster than SIBS's answer. */
    private static function hasReference(array $payment): bool {
        foreach ($payment['attempts'] ?? [] as $attempt) {
            $isLive = in_array($attempt['status'], ['prepared', 'submitted', 'pending'], true);
            if ($attempt['method'] === 'multibanco' && $isLive) return true;
        }
        return false;
    }
}
