/** The REST API under /api/v1. */
@NullMarked
package dev.parigot.web.api;

import org.jspecify.annotations.NullMarked;
