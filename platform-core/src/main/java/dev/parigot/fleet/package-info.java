/** The running services: deployments, their instances, and the production situation. */
@NullMarked
package dev.parigot.fleet;

import org.jspecify.annotations.NullMarked;
