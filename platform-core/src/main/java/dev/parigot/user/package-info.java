/**
 * The users of apps: who has signed up to one, and the sessions in which they are signed in. They
 * are no accounts of the platform, and each is one app's alone.
 */
@NullMarked
package dev.parigot.user;

import org.jspecify.annotations.NullMarked;
