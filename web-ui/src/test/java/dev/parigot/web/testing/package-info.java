/** The application as tests run it, and a client that only knows addresses. */
@NullMarked
package dev.parigot.web.testing;

import org.jspecify.annotations.NullMarked;
