/** The command {@code parigot}: a class for each verb. */
@NullMarked
package dev.parigot.cli;

import org.jspecify.annotations.NullMarked;
