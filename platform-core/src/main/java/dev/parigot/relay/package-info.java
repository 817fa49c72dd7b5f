/** The channels of all apps at this node, and what other nodes publish to them. */
@NullMarked
package dev.parigot.relay;

import org.jspecify.annotations.NullMarked;
