/** The users of an app: who has signed up to it, and what its owner can do about each. */
@NullMarked
package dev.parigot.web.console.users;

import org.jspecify.annotations.NullMarked;
