<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** The payments server said no: this time nothing was done. */
final class Refused extends \RuntimeException {
    /** @var string The code of the problem, as `payment_expired`. */
    public $problem;
    /** @var bool Whether the server keeps this as the answer to its key: then no earlier try with that key did anything. */
    public $isKept;

    public function __construct(string $problem, string $message, bool $isKept = false) {
        parent::__construct($message);
        $this->problem = $problem;
        $this->isKept = $isKept;
    }
}
