/** Routes requests from outside to services and site files. Knows no servlets. */
@NullMarked
package dev.parigot.gateway;

import org.jspecify.annotations.NullMarked;
