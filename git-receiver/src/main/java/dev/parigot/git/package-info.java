/** The git remote: smart HTTP, quarantine, and pushes that deploy. */
@NullMarked
package dev.parigot.git;

import org.jspecify.annotations.NullMarked;
