/** The hosts of apps: answers each request by the release that is active. Knows no servlets. */
@NullMarked
package dev.parigot.edge;

import org.jspecify.annotations.NullMarked;
