/** What happened to an app, wherever it ran, and whether the contract allows that. */
@NullMarked
package dev.parigot.history;

import org.jspecify.annotations.NullMarked;
