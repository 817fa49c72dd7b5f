/** The branches of an app in staging: what differs from production, and the way there. */
@NullMarked
package dev.parigot.web.console.staging;

import org.jspecify.annotations.NullMarked;
