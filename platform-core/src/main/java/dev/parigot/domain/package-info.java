/**
 * Domains of apps beyond the platform's own: proved by a record in the domain name system, and
 * given certificates. Knows nothing of HTTP.
 */
@NullMarked
package dev.parigot.domain;

import org.jspecify.annotations.NullMarked;
