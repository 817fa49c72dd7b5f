/** The services of an app as a picture, and each of them closely. */
@NullMarked
package dev.parigot.web.console.services;

import org.jspecify.annotations.NullMarked;
