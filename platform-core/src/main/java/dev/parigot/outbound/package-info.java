/** HTTP requests of apps to servers outside of the platform. */
@NullMarked
package dev.parigot.outbound;

import org.jspecify.annotations.NullMarked;
