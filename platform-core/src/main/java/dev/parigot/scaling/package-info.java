/** How many instances each service has, why, and what its load was. */
@NullMarked
package dev.parigot.scaling;

import org.jspecify.annotations.NullMarked;
