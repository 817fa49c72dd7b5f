/** Secrets that the database keeps, and that nobody can read who has the database alone. */
@NullMarked
package dev.parigot.seal;

import org.jspecify.annotations.NullMarked;
