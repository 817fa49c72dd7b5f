/** How often services are called, fail, and how long they take. */
@NullMarked
package dev.parigot.metering;

import org.jspecify.annotations.NullMarked;
