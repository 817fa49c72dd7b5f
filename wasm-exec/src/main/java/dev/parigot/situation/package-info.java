/** Where a release runs, as the record of the capabilities that its services are given. */
@NullMarked
package dev.parigot.situation;

import org.jspecify.annotations.NullMarked;
