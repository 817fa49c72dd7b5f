/** Journeys through the built product, by HTTP, git, browser and command line alone. */
@NullMarked
package dev.parigot.e2e;

import org.jspecify.annotations.NullMarked;
