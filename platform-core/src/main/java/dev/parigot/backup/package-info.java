/** The whole platform as one file, and back. See DESIGN.md. */
@NullMarked
package dev.parigot.backup;

import org.jspecify.annotations.NullMarked;
