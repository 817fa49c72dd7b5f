/**
 * The one way to say what went wrong, rendered alike by REST, git, the command line and the
 * console.
 */
@NullMarked
package dev.parigot.problem;

import org.jspecify.annotations.NullMarked;
