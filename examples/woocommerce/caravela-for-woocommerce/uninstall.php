<?php
// The key and the secret go with the plugin. What orders know of their payments stays: it is part of the shop's books.
defined('WP_UNINSTALL_PLUGIN') || exit;

delete_option('woocommerce_caravela_settings');
