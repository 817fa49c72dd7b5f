/** Accounts, their passwords and access tokens. */
@NullMarked
package dev.parigot.account;

import org.jspecify.annotations.NullMarked;
