/** An app that runs in this process, with all that its services reach in memory. */
@NullMarked
package dev.parigot.local;

import org.jspecify.annotations.NullMarked;
