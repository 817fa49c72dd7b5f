/** The palette: from anywhere to anywhere by a few letters. */
@NullMarked
package dev.parigot.web.console.palette;

import org.jspecify.annotations.NullMarked;
