/** What was asked of an app in a browser, asked again of its modules, the same way each time. */
@NullMarked
package dev.parigot.replay;

import org.jspecify.annotations.NullMarked;
