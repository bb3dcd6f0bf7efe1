<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** Amounts as WooCommerce writes them, and as whole cents. No float is ever reckoned with. */
final class Amount {
    /**
     * @param string $decimal as "12.50"
     * @throws \InvalidArgumentException where that is no amount of whole cents
     */
    public static function cents(string $decimal): int {
        if (!preg_match('/^([0-9]{1,9})(?:\.([0-9]{1,2})0*)?\z/', $decimal, $parts)) {
            throw new \InvalidArgumentException("\"$decimal\" is no amount in whole cents");
        }
        return (int) $parts[1] * 100 + (int) str_pad($parts[2] ?? '', 2, '0');
    }

    public static function decimal(int $cents): string {
        return sprintf('%d.%02d', intdiv($cents, 100), $cents % 100);
    }
}
