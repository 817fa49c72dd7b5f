/** The HTTPS port: which certificate each host is shown, and what those hosts insist on. */
@NullMarked
package dev.parigot.web.tls;

import org.jspecify.annotations.NullMarked;
