/** Routes requests from outside to an app's services and site files. Knows no servlets. */
@NullMarked
package dev.parigot.gateway;

import org.jspecify.annotations.NullMarked;
