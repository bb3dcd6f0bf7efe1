<?php
/**
 * Plugin Name: Caravela for WooCommerce
 * Description: MB WAY, Multibanco and cards through your own Caravela payments server and SIBS.
 * Version: 0.1.0
 * Requires at least: 6.5
 * Requires PHP: 7.4
 * Requires Plugins: woocommerce
 * WC requires at least: 8.2
 * License: Apache-2.0
 * Text Domain: caravela-for-woocommerce
 * Domain Path: /languages
 */

defined('ABSPATH') || exit;

spl_autoload_register(static function (string $class): void {
    $prefix = 'Caravela\\WooCommerce\\';
    if (strncmp($class, $prefix, strlen($prefix)) === 0) {
        require __DIR__ . '/includes/' . substr($class, strlen($prefix)) . '.php';
    }
});

// Orders are read and written by WooCommerce's own objects alone, wherever it keeps them.
add_action('before_woocommerce_init', static function (): void {
    if (class_exists(\Automattic\WooCommerce\Utilities\FeaturesUtil::class)) {
        foreach (['custom_order_tables', 'cart_checkout_blocks'] as $feature) {
            \Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility($feature, __FILE__, true);
        }
    }
});

add_action('init', static function (): void {
    load_plugin_textdomain('caravela-for-woocommerce', false, dirname(plugin_basename(__FILE__)) . '/languages');
});

add_filter('woocommerce_payment_gateways', static function (array $gateways): array {
    $gateways[] = \Caravela\WooCommerce\Gateway::class;
    return $gateways;
});

add_action('woocommerce_api_caravela', static function (): void {
    \Caravela\WooCommerce\Gateway::own()->endpoint()->answer();
});

add_action('woocommerce_order_status_cancelled', static function ($id, $order): void {
    \Caravela\WooCommerce\Gateway::own()->withdraw($order);
}, 10, 2);

add_action('woocommerce_blocks_payment_method_type_registration', static function ($registry): void {
    $registry->register(new \Caravela\WooCommerce\Blocks(__FILE__));
});
