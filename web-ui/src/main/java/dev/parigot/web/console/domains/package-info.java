/** The domains of an app: what each still needs, and how it stands with its certificate. */
@NullMarked
package dev.parigot.web.console.domains;

import org.jspecify.annotations.NullMarked;
