<?php
namespace Caravela\WooCommerce;

use Automattic\WooCommerce\Blocks\Payments\Integrations\AbstractPaymentMethodType;

defined('ABSPATH') || exit;

/** The same way to pay in the checkout that is made of blocks. */
final class Blocks extends AbstractPaymentMethodType {
    protected $name = Gateway::ID;
    /** @var string */
    private $plugin;

    public function __construct(string $plugin) {
        $this->plugin = $plugin;
    }

    public function initialize(): void {
        $this->settings = get_option('woocommerce_' . Gateway::ID . '_settings', []);
    }

    public function is_active(): bool {
        return Gateway::own()->is_available();
    }

    public function get_payment_method_script_handles(): array {
        wp_register_script('caravela-blocks', plugins_url('assets/blocks.js', $this->plugin), ['wc-blocks-registry', 'wc-settings', 'wp-element', 'wp-html-entities'], '0.1.0', true);
        return ['caravela-blocks'];
    }

    public function get_payment_method_data(): array {
        return ['title' => Gateway::own()->get_option('title'), 'description' => Gateway::own()->get_option('description'), 'supports' => Gateway::own()->supports];
    }
}
