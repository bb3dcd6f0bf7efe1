<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** What the payments server posts to the shop. Knows nothing of WordPress. */
final class Event {
    private const SECONDS = 300;

    /**
     * The event, or null when it is not ours, or too old.
     *
     * @param string $body    the bytes as they were received
     * @param array  $headers the three of Standard Webhooks, by their names in small letters
     */
    public static function verified(string $body, array $headers, string $secret, int $now): ?array {
        $named = [];
        foreach (['webhook-id', 'webhook-timestamp', 'webhook-signature'] as $name) {
            $text = $headers[$name] ?? null;
            if (!is_string($text) || $text === '') return null;
            $named[] = $text;
        }
        [$id, $at, $signatures] = $named;
        if (!preg_match('/^[0-9]{1,12}\z/', $at) || abs($now - (int) $at) > self::SECONDS) return null;
        $key = strncmp($secret, 'whsec_', 6) === 0 ? (string) base64_decode(substr($secret, 6), true) : '';
        if ($key === '') return null;

        $ours = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$at.$body", $key, true));
        foreach (explode(' ', $signatures) as $theirs) {
            if (!hash_equals($ours, $theirs)) continue;
            $event = json_decode($body, true);
            return is_array($event) && ($event['id'] ?? null) === $id ? $event : null;
        }
        return null;
    }

    /** The number of the order that an event tells of; null: it is of no order of this shop's. */
    public static function orderOf(array $event, string $shop): ?int {
        $metadata = $event['data']['payment']['metadata'] ?? null;
        if (!is_array($metadata) || ($metadata['shop'] ?? null) !== $shop) return null;
        $order = $metadata['order'] ?? '';
        return is_string($order) && preg_match('/^[1-9][0-9]{0,17}\z/', $order) ? (int) $order : null;
    }
}
