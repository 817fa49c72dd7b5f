/** What belongs to the account itself: access tokens and the password. */
@NullMarked
package dev.parigot.web.console.account;

import org.jspecify.annotations.NullMarked;
