/**
 * OpenID Connect for the users of apps, by the classes of Spring Security's client: its requests go
 * out as those of the app do.
 */
@NullMarked
package dev.parigot.web.openid;

import org.jspecify.annotations.NullMarked;
