/** What the tests of pushes said, and how a test fails. */
@NullMarked
package dev.parigot.web.console.tests;

import org.jspecify.annotations.NullMarked;
