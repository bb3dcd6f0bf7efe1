<?php
namespace Caravela\WooCommerce;

defined('ABSPATH') || exit;

/** Nobody knows: what was asked for may be done all the same. Ask again with the same key. */
final class NoAnswer extends \RuntimeException {
}
