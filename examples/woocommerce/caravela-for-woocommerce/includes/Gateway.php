<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** The way to pay that a shop offers: its settings, the way to the payment page, and refunds from the order's screen. */
final class Gateway extends \WC_Payment_Gateway {
    public const ID = 'caravela';
    private const SECONDS = 20;
    /** The server keeps the key of a refund for seven days; later the same press would give back again. */
    private const KEY_IS_GOOD_FOR = 6 * 86400;
    private const LANGUAGES = ['pt', 'en', 'es', 'fr'];

    /** The one that WooCommerce made. */
    public static function own(): self {
        return WC()->payment_gateways()->payment_gateways()[self::ID];
    }

    public function __construct() {
        $this->id = self::ID;
        $this->method_title = 'Caravela';
        $this->method_description = __('MB WAY, Multibanco and cards, by your own Caravela payments server.', 'caravela-for-woocommerce');
        $this->has_fields = false;
        $this->supports = ['products', 'refunds'];
        $this->init_form_fields();
        $this->init_settings();
        $this->title = $this->get_option('title');
        $this->description = $this->get_option('description');
        add_action('woocommerce_update_options_payment_gateways_' . $this->id, [$this, 'process_admin_options']);
    }

    public function init_form_fields(): void {
        $this->form_fields = [
            'enabled' => ['title' => __('Offer it', 'caravela-for-woocommerce'), 'type' => 'checkbox', 'label' => __('Customers may pay by Caravela', 'caravela-for-woocommerce'), 'default' => 'no'],
            'title' => ['title' => __('Title', 'caravela-for-woocommerce'), 'type' => 'text', 'default' => __('MB WAY, Multibanco or card', 'caravela-for-woocommerce')],
            'description' => ['title' => __('Description', 'caravela-for-woocommerce'), 'type' => 'textarea', 'default' => __('You choose how to pay on the next page.', 'caravela-for-woocommerce')],
            'server' => ['title' => __('Address of the server', 'caravela-for-woocommerce'), 'type' => 'text', 'default' => '', 'placeholder' => 'https://pay.example.pt'],
            'api_key' => ['title' => __('API key', 'caravela-for-woocommerce'), 'type' => 'kept_secret', 'description' => __('With the scopes payments:read, payments:write and refunds:write, and no other.', 'caravela-for-woocommerce')],
            'secret' => ['title' => __('Secret of the event endpoint', 'caravela-for-woocommerce'), 'type' => 'kept_secret', 'description' => sprintf(__('Begins with whsec_. The address to register for events: %s', 'caravela-for-woocommerce'), '<code>' . esc_html(WC()->api_request_url('caravela')) . '</code>')],
        ];
    }

    /** A field that never shows what it holds. */
    public function generate_kept_secret_html($key, $data): string {
        $field = $this->get_field_key($key);
        $hint = $this->get_option($key) === '' ? '' : __('kept; type a new one to change it', 'caravela-for-woocommerce');
        return '<tr valign="top"><th scope="row" class="titledesc"><label for="' . esc_attr($field) . '">' . esc_html($data['title']) . '</label></th>'
            . '<td class="forminp"><input type="password" class="input-text regular-input" autocomplete="new-password" value="" name="' . esc_attr($field) . '" id="' . esc_attr($field) . '" placeholder="' . esc_attr($hint) . '">'
            . '<p class="description">' . wp_kses_post($data['description']) . '</p></td></tr>';
    }

    /** Left empty, it stays as it is. */
    public function validate_kept_secret_field($key, $value): string {
        $typed = trim((string) wp_unslash($value));
        if ($typed === '') return (string) $this->get_option($key);
        if ($key === 'secret' && !preg_match('/^whsec_[A-Za-z0-9+\/]{2,}={0,2}\z/', $typed)) {
            throw new \Exception(__('The secret of the event endpoint begins with whsec_. It was not changed.', 'caravela-for-woocommerce'));
        }
        return $typed;
    }

    /** The key travels to that address: not in the clear, unless it stays on this machine. */
    public function validate_server_field($key, $value): string {
        $typed = rtrim(trim((string) wp_unslash($value)), '/');
        if ($typed === '' || preg_match('~^https://[^\s/?#@]+\z|^http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?\z~', $typed)) return $typed;
        throw new \Exception(__('The address of the server is https:// and a name, without a path. It was not changed.', 'caravela-for-woocommerce'));
    }

    public function is_available(): bool {
        $isSet = $this->get_option('server') !== '' && $this->get_option('api_key') !== '' && $this->get_option('secret') !== '';
        return $isSet && get_woocommerce_currency() === 'EUR' && parent::is_available();
    }

    /** Leads the customer to the payment page. The order is in the shop's database already, unpaid. */
    public function process_payment($order_id): array {
        $order = wc_get_order($order_id);
        try {
            $payment = $this->payable($order);
        } catch (NoAnswer $error) {
            return $this->refuse($order, $error, __('We could not reach the payment service. Nothing was paid just now: please try again in a moment.', 'caravela-for-woocommerce'));
        } catch (Refused $error) {
            return $this->refuse($order, $error, __('This order cannot be paid this way just now. Please choose another one, or contact us.', 'caravela-for-woocommerce'));
        }
        if ($payment['status'] === 'paid') {
            $this->endpoint()->heed($order, $payment);
            return ['result' => 'success', 'redirect' => $this->get_return_url($order)];
        }
        return ['result' => 'success', 'redirect' => $payment['payUrl']];
    }

    /** The order's payment, where it can still be paid, or was; else a new one. */
    private function payable(\WC_Order $order): array {
        if ($order->get_currency() !== 'EUR') throw new Refused('currency', 'only euros can be paid');
        $book = new Book($order);
        $cents = Amount::cents(wc_format_decimal($order->get_total(), 2));
        $newest = $book->newest();
        if ($newest !== null) {
            $payment = $this->client()->payment($newest);
            $isLive = in_array($payment['status'], ['open', 'pending'], true);
            if ($payment['status'] === 'paid' || ($isLive && $payment['amount'] === $cents)) return $payment;
            if ($isLive) $this->client()->cancelPayment($newest);
        }
        $asked = [
            'amount' => $cents,
            'currency' => 'EUR',
            'reference' => (string) $order->get_order_number(),
            'description' => sprintf(__('Order %s', 'caravela-for-woocommerce'), $order->get_order_number()),
            'returnUrl' => $this->get_return_url($order),
            'cancelUrl' => $order->get_checkout_payment_url(),
            'customer' => ['name' => mb_substr(trim($order->get_formatted_billing_full_name()), 0, 255), 'email' => $order->get_billing_email()],
            'metadata' => ['shop' => $this->shop(), 'order' => (string) $order->get_id()],
        ];
        $language = substr(get_locale(), 0, 2);
        if (in_array($language, self::LANGUAGES, true)) $asked['locale'] = $language;
        // the same again gives the same payment, also where this process died before it could write it down
        $told = [$this->shop(), count($book->payments()), $book->paymentsRefused(), $asked];
        $digest = substr(hash('sha256', wp_json_encode($told)), 0, 24);
        try {
            $payment = $this->client()->createPayment($asked, 'wc-' . $order->get_id() . "-$digest");
        } catch (Refused $error) {
            if ($error->isKept) $book->paymentRefused();
            throw $error;
        }
        $book->addPayment($payment['id']);
        return $payment;
    }

    private function refuse(\WC_Order $order, \RuntimeException $error, string $said): array {
        wc_get_logger()->error('order ' . $order->get_id() . ': ' . $error->getMessage(), ['source' => self::ID]);
        wc_add_notice($said, 'error');
        return ['result' => 'failure'];
    }

    /**
     * Gives money back, from the order's screen. What nobody knows is never said to have failed: the next press asks
     * for the same again, by the same key.
     *
     * @return true|\WP_Error
     */
    public function process_refund($order_id, $amount = null, $reason = '') {
        $order = wc_get_order($order_id);
        $book = new Book($order);
        $payment = $book->paidBy();
        if ($payment === null) return new \WP_Error('caravela', __('This order was not paid by Caravela.', 'caravela-for-woocommerce'));
        $cents = $amount === null ? 0 : Amount::cents(wc_format_decimal($amount, 2));
        if ($cents === 0) return new \WP_Error('caravela', __('Say how much is to be given back.', 'caravela-for-woocommerce'));
        $asked = $book->askedRefund();
        if ($asked !== null && time() - $asked['at'] > self::KEY_IS_GOOD_FOR) {
            $book->refundAnswered(null);
            return new \WP_Error('caravela', sprintf(__('Days ago %s were asked for, and no answer came. See in the dashboard whether they were given back; only if not, ask again.', 'caravela-for-woocommerce'), Amount::decimal($asked['cents'])));
        }
        if ($asked !== null && $asked['cents'] !== $cents) {
            return new \WP_Error('caravela', sprintf(__('It is not known yet whether %s were given back: ask for the same amount again first.', 'caravela-for-woocommerce'), Amount::decimal($asked['cents'])));
        }
        $isFirst = $asked === null;
        if ($isFirst) {
            // by its number, so that two presses of the same moment ask for the same
            $asked = ['key' => "$payment-wc-refund-" . $book->refundsAnswered()];
            $book->askRefund($asked['key'], $cents);
        }
        try {
            $refund = $this->client()->refund($payment, $cents, $asked['key']);
        } catch (NoAnswer $error) {
            return new \WP_Error('caravela', sprintf(__('No answer came, so %s may have been given back. Ask for the same amount again: it is never given back twice.', 'caravela-for-woocommerce'), Amount::decimal($cents)));
        } catch (Refused $error) {
            if ($error->isKept) $book->refundAnswered(null);
            elseif ($isFirst) $book->forgetRefund();
            // else it says nothing of the press before, as where the API key was changed meanwhile
            return new \WP_Error('caravela', $error->getMessage());
        }
        if ($isFirst && $refund['isReplayed']) {
            return new \WP_Error('caravela', __('Another press asked for this at the same moment. Load the order again: only if the refund is not there, ask for the same amount again. It is never given back twice.', 'caravela-for-woocommerce'));
        }
        $book->refundAnswered($refund['id']);
        if ($refund['status'] === 'failed') {
            return new \WP_Error('caravela', sprintf(__('SIBS did not give it back (%s). No money moved.', 'caravela-for-woocommerce'), $refund['failure']['reason'] ?? '?'));
        }
        $order->add_order_note(sprintf($refund['status'] === 'succeeded'
            ? __('%1$s € were given back (%2$s).', 'caravela-for-woocommerce')
            : __('%1$s € are being given back (%2$s). SIBS has not confirmed it yet: do not give it back by another way.', 'caravela-for-woocommerce'), Amount::decimal($cents), $refund['id']));
        return true;
    }

    /** An order that is given up can no longer be paid. */
    public function withdraw($order): void {
        if (!$order instanceof \WC_Order || $order->get_payment_method() !== self::ID) return;
        $book = new Book($order);
        if ($book->newest() === null || $book->paidBy() !== null) return;
        try {
            $this->client()->cancelPayment($book->newest());
        } catch (Refused | NoAnswer $error) {
            if ($error instanceof Refused && in_array($error->problem, ['payment_canceled', 'payment_expired'], true)) return;
            $order->add_order_note(sprintf(__('The payment could not be cancelled (%s): look at it in the dashboard.', 'caravela-for-woocommerce'), $error->getMessage()));
        }
    }

    public function endpoint(): Endpoint {
        return new Endpoint($this->client(), (string) $this->get_option('secret'), $this->shop());
    }

    /** Tells this shop's orders from those of others that use the same server. */
    private function shop(): string {
        return home_url('/');
    }

    private function client(): Client {
        return new Client($this->get_option('server'), $this->get_option('api_key'), static function (string $method, string $url, array $headers, ?string $body): array {
            $answer = wp_remote_request($url, ['method' => $method, 'headers' => $headers, 'body' => $body, 'timeout' => self::SECONDS, 'redirection' => 0]);
            if (is_wp_error($answer)) throw new NoAnswer($answer->get_error_message());
            return [(int) wp_remote_retrieve_response_code($answer), wp_remote_retrieve_body($answer), wp_remote_retrieve_header($answer, 'idempotent-replayed') === 'true'];
        });
    }
}
