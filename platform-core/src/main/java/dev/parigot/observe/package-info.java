/** What happened: log lines and events, as they happen. */
@NullMarked
package dev.parigot.observe;

import org.jspecify.annotations.NullMarked;
