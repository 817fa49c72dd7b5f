/** How problems are told over HTTP: as problem+json or as plain text. */
@NullMarked
package dev.parigot.web.problem;

import org.jspecify.annotations.NullMarked;
