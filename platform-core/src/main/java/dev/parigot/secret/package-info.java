/** What keeps values in the database unreadable for whoever has the database alone. */
@NullMarked
package dev.parigot.secret;

import org.jspecify.annotations.NullMarked;
