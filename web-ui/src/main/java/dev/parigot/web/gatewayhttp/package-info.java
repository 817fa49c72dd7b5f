/** Requests to the hosts of apps, taken off before anything of the console sees them. */
@NullMarked
package dev.parigot.web.gatewayhttp;

import org.jspecify.annotations.NullMarked;
