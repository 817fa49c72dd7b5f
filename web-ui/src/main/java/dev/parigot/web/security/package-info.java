/** Who may do what over HTTP: the filter chains, and the account behind a request. */
@NullMarked
package dev.parigot.web.security;

import org.jspecify.annotations.NullMarked;
