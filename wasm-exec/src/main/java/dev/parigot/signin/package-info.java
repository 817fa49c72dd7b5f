/**
 * How the users of an app sign in over HTTP, alike wherever an app has an address: the pages, the
 * endpoints, the cookie, and what is taken for a request of the app's own pages. Who its users are
 * is a {@link dev.parigot.signin.Directory}'s to know.
 */
@NullMarked
package dev.parigot.signin;

import org.jspecify.annotations.NullMarked;
