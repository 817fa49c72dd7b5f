/** A platform as the command sees it: its REST API, and the tokens that open it. */
@NullMarked
package dev.parigot.cli.platform;

import org.jspecify.annotations.NullMarked;
