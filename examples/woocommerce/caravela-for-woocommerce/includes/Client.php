<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** The few calls of `/v1` that a shop needs. Knows nothing of WordPress. */
final class Client {
    /** @var string */
    private $server;
    /** @var string */
    private $apiKey;
    /** @var callable */
    private $send;

    /**
     * @param callable $send sends one request: (method, url, headers, body or null) gives [status, body, whether
     *                       it is an earlier answer again], and throws NoAnswer where none came
     */
    public function __construct(string $server, string $apiKey, callable $send) {
        $this->server = rtrim($server, '/');
        $this->apiKey = $apiKey;
        $this->send = $send;
    }

    /** Asks for a payment. With the key of an earlier call it is that call's payment. */
    public function createPayment(array $payment, string $key): array {
        return $this->call('POST', '/v1/payments', $payment, $key);
    }

    /** How a payment stands now. */
    public function payment(string $id): array {
        return $this->call('GET', '/v1/payments/' . rawurlencode($id), null, null);
    }

    /** Ends a payment that is not paid. */
    public function cancelPayment(string $id): array {
        return $this->call('POST', '/v1/payments/' . rawurlencode($id) . '/cancel', null, "$id-cancel");
    }

    /**
     * Gives back so many cents. With the key of an earlier call nothing is given back twice: it is that call's refund,
     * and `isReplayed`.
     */
    public function refund(string $id, int $cents, string $key): array {
        return $this->call('POST', '/v1/payments/' . rawurlencode($id) . '/refunds', ['amount' => $cents], $key);
    }

    /** @throws Refused|NoAnswer */
    private function call(string $method, string $path, ?array $body, ?string $key): array {
        $headers = ['Accept' => 'application/json', 'Authorization' => 'Bearer ' . $this->apiKey];
        if ($key !== null) $headers['Idempotency-Key'] = $key;
        if ($body !== null) $headers['Content-Type'] = 'application/json';
        $text = $body === null ? null : json_encode($body, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
        [$status, $answer, $isReplayed] = ($this->send)($method, $this->server . $path, $headers, $text);
        return self::read($status, json_decode($answer, true)) + ['isReplayed' => $isReplayed];
    }

    /** @param mixed $answer */
    private static function read(int $status, $answer): array {
        if ($status >= 200 && $status < 300 && is_array($answer)) return $answer;
        $isProblem = is_array($answer) && strncmp((string) ($answer['type'] ?? ''), '/problems/', 10) === 0;
        $code = $isProblem ? substr($answer['type'], 10) : '';
        // a proxy's page, a fault of the server, or a first request that is still under way: it may be done
        if (!$isProblem || $status >= 500 || $code === 'idempotency_in_flight') {
            throw new NoAnswer("HTTP $status");
        }
        $isKept = in_array($status, [409, 422], true) && $code !== 'idempotency_key_reused';
        throw new Refused($code, trim(($answer['title'] ?? '') . ' ' . ($answer['detail'] ?? '')), $isKept);
    }
}
