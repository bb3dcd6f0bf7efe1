<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** The payments server said no: what was asked for is not done. */
final class Refused extends \RuntimeException {
    /** @var string The code of the problem, as `payment_expired`. */
    public $problem;

    public function __construct(string $problem, string $message) {
        parent::__construct($message);
        $this->problem = $problem;
    }
}
