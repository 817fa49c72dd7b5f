/** The key-value store that the services of an app share. */
@NullMarked
package dev.parigot.keyvalue;

import org.jspecify.annotations.NullMarked;
