/** The runnable application: console, REST API and gateway. */
@NullMarked
package dev.parigot.web;

import org.jspecify.annotations.NullMarked;
