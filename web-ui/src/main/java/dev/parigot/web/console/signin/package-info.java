/** The doors: signing in and signing up. */
@NullMarked
package dev.parigot.web.console.signin;

import org.jspecify.annotations.NullMarked;
