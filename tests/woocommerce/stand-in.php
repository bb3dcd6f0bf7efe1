<?php
// Stands where WordPress and WooCommerce would: as much of them as the plugin calls, with what they keep in one file.

define('ABSPATH', '/');
date_default_timezone_set('UTC');
set_error_handler(static function (int $level, string $message, string $file, int $line): void {
    throw new ErrorException($message, 0, $level, $file, $line);
});

final class Kept {
    public static array $all = ['options' => [], 'orders' => [], 'notices' => [], 'log' => []];
    public static array $hooks = [];

    public static function open(): void {
        if (is_file('/kept.json')) self::$all = json_decode(file_get_contents('/kept.json'), true);
    }

    public static function close(): void {
        file_put_contents('/kept.json', json_encode(self::$all));
    }
}
Kept::open();

function add_action($name, $do) { Kept::$hooks[$name][] = $do; }
function add_filter($name, $do) { Kept::$hooks[$name][] = $do; }
function do_action($name, ...$given) { foreach (Kept::$hooks[$name] ?? [] as $do) $do(...$given); }
function load_plugin_textdomain() {}
function plugin_basename($file) { return basename(dirname($file)) . '/' . basename($file); }
function __($text) { return $text; }
function esc_html($text) { return htmlspecialchars($text, ENT_QUOTES); }
function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES); }
function wp_kses_post($text) { return $text; }
function wp_unslash($text) { return stripslashes($text); }
function home_url($path) { return "https://shop.example.pt$path"; }
function get_locale() { return 'pt_PT'; }
function get_woocommerce_currency() { return 'EUR'; }
function wc_format_decimal($amount, $places) { return number_format((float) $amount, $places, '.', ''); }
function wp_json_encode($what) { return json_encode($what); }
function wc_add_notice($text) { Kept::$all['notices'][] = $text; }
function wc_get_logger() { return new class { public function error($text) { Kept::$all['log'][] = $text; } }; }
function is_wp_error($what) { return $what instanceof WP_Error; }

/** Sent by the test: this PHP reaches no network. */
function wp_remote_request($url, $how) {
    $answer = json_decode(post_message_to_js(json_encode(['url' => $url] + $how)), true);
    return isset($answer['fault']) ? new WP_Error('http', $answer['fault']) : $answer;
}
function wp_remote_retrieve_response_code($answer) { return $answer['status']; }
function wp_remote_retrieve_body($answer) { return $answer['body']; }
function wp_remote_retrieve_header($answer, $name) { return $answer['headers'][$name] ?? ''; }

final class WP_Error {
    private string $message;
    public function __construct($code, $message) { $this->message = $message; }
    public function get_error_message() { return $this->message; }
}

class WC_Payment_Gateway {
    public $id, $method_title, $method_description, $has_fields, $supports, $form_fields, $settings, $title, $description;
    public function init_settings() { $this->settings = Kept::$all['options']['woocommerce_' . $this->id . '_settings'] ?? []; }
    public function get_option($key) { return $this->settings[$key] ?? $this->form_fields[$key]['default'] ?? ''; }
    public function get_field_key($key) { return "woocommerce_{$this->id}_$key"; }
    public function is_available() { return $this->get_option('enabled') === 'yes'; }
    public function get_return_url($order) { return home_url('/received/' . $order->get_id()); }
}

/** One order. What is not saved is lost, as with WooCommerce's. */
final class WC_Order {
    private int $id;
    private array $order;
    public function __construct($id) { $this->id = $id; $this->order = Kept::$all['orders'][$id]; }
    public function save() { Kept::$all['orders'][$this->id] = $this->order; }
    public function get_id() { return $this->id; }
    public function get_order_number() { return 'S-' . $this->id; }
    public function get_total() { return $this->order['total']; }
    public function get_currency() { return $this->order['currency'] ?? 'EUR'; }
    public function get_status() { return $this->order['status']; }
    public function is_paid() { return in_array($this->order['status'], ['processing', 'completed'], true); }
    public function get_payment_method() { return 'caravela'; }
    public function get_formatted_billing_full_name() { return $this->order['name'] ?? 'Ana Sousa'; }
    public function get_billing_email() { return $this->order['email'] ?? 'ana@example.pt'; }
    public function get_checkout_payment_url() { return home_url("/pay/{$this->id}"); }
    public function get_meta($key) { return $this->order['meta'][$key] ?? ''; }
    public function update_meta_data($key, $value) { $this->order['meta'][$key] = $value; }
    public function delete_meta_data($key) { unset($this->order['meta'][$key]); }
    public function add_order_note($note) { $this->order['notes'][] = $note; $this->save(); }
    // as WooCommerce's, which throws nothing, and says no more than that it was not done
    public function payment_complete($transaction) {
        if ($this->order['breaks'] ?? false) return false;
        $this->order['transaction'] = $transaction;
        return $this->update_status('processing');
    }
    // as WooCommerce's, which keeps the note of a change, and none where there is none
    public function update_status($status, $note = '') {
        if ($note !== '' && $status !== $this->order['status']) $this->order['notes'][] = $note;
        $this->order['status'] = $status;
        $this->save();
        do_action("woocommerce_order_status_$status", $this->id, $this);
        return true;
    }
}
function wc_get_order($id) { return isset(Kept::$all['orders'][$id]) ? new WC_Order($id) : false; }

final class Gateways {
    private ?array $made = null;
    public function payment_gateways() {
        if ($this->made === null) {
            $classes = [];
            foreach (Kept::$hooks['woocommerce_payment_gateways'] as $add) $classes = $add($classes);
            $this->made = [];
            foreach ($classes as $class) $this->made[$class::ID] = new $class();
        }
        return $this->made;
    }
}

final class WooCommerce {
    private Gateways $gateways;
    public function __construct() { $this->gateways = new Gateways(); }
    public function api_request_url($name) { return home_url("/wc-api/$name/"); }
    public function payment_gateways() { return $this->gateways; }
}

function WC() {
    static $one = null;
    return $one = $one ?? new WooCommerce();
}

require '/plugin/caravela-for-woocommerce.php';

/** Lets an order forget the events that it has taken. */
function delete_events($id) { $order = wc_get_order($id); $order->delete_meta_data('_caravela_events'); $order->save(); }

/** The way to pay, as WooCommerce has made it. */
function gateway() { return WC()->payment_gateways()->payment_gateways()['caravela']; }
