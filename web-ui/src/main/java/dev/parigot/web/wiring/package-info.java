/** The only place where the parts of the platform are put together. */
@NullMarked
package dev.parigot.web.wiring;

import org.jspecify.annotations.NullMarked;
