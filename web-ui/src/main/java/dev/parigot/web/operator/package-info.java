/** What the operator of a platform does with it from the machine that it runs on. */
@NullMarked
package dev.parigot.web.operator;

import org.jspecify.annotations.NullMarked;
