/** The console: what people see of their apps in a browser. A package per view. */
@NullMarked
package dev.parigot.web.console;

import org.jspecify.annotations.NullMarked;
